// What every store owes the registers: schools, profiles, policies, devices, tokens.

#include "tests/contract/stores.h"

namespace assent::contract {
namespace {

class RegistersStore : public StoreTest {
 protected:
  SmallTables load() {
    reopen();
    return store_->registers.load().value();
  }
};
INSTANTIATE_TEST_SUITE_P(All, RegistersStore, kStores, name_of);

TEST_P(RegistersStore, SchoolsKeepTheirKeysWhenOthersCome) {
  const std::vector<SchoolName> more{{"oakfield"}, {"kingsmead"}};
  ASSERT_TRUE(store_->registers.ensure_schools(more));
  ASSERT_TRUE(store_->registers.ensure_schools(more));
  const std::vector<SchoolName> expected{{"kingsmead"}, {"carre"}, {"oakfield"}};
  EXPECT_EQ(load().schools, expected);
}

TEST_P(RegistersStore, AnEqualProfileKeepsItsKey) {
  const Profile pupil{{"role", "student"}, {"year", "9"}};
  const auto key = put({ProfileRow{0, 1, pupil}});
  EXPECT_EQ(put({ProfileRow{0, 1, pupil}}), key);
  EXPECT_NE(put({ProfileRow{0, 2, pupil}}), key);
  const auto profiles = load().profiles;
  ASSERT_EQ(profiles.size(), 2u);
  EXPECT_EQ(profiles[0].key, key);
  EXPECT_EQ(profiles[0].profile, pupil);
  EXPECT_EQ(profiles[1].school, 2u);
}

VersionRow version(const char* policy, std::uint32_t number, SchoolKey school = 1) {
  return {school,
          {policy},
          number,
          at(1),
          at(2),
          17,
          {{"policy.toml", "title = \"x\"\n"}, {"1/en-GB.std.md", std::string("\0\xFF'--", 5)}}};
}

TEST_P(RegistersStore, KeepsVersionsWithTheirFilesAndGivesThePolicysKey) {
  const auto student = put({version("student", 2)});
  EXPECT_EQ(put({version("student", 1)}), student);
  EXPECT_NE(put({version("student", 1, 2)}), student);
  auto bare = version("staff", 1);
  bare.files.clear();
  const auto staff = put({bare});
  const auto tables = load();
  ASSERT_EQ(tables.versions.size(), 4u);
  EXPECT_EQ(tables.versions[0].policy.value, "staff");
  EXPECT_TRUE(tables.versions[0].files.empty());
  EXPECT_EQ(tables.versions[1].number, 1u);
  EXPECT_EQ(tables.versions[2].number, 2u);
  EXPECT_EQ(tables.versions[3].school, 2u);
  const auto& read = tables.versions[2];
  EXPECT_EQ(read.effective, at(1));
  EXPECT_EQ(read.enforced, at(2));
  EXPECT_EQ(read.entry, 17u);
  ASSERT_EQ(read.files.size(), 2u);
  EXPECT_EQ(read.files[0].path, "policy.toml");
  EXPECT_EQ(read.files[1].bytes, version("student", 2).files[1].bytes);
  ASSERT_EQ(tables.policies.size(), 3u);
  EXPECT_EQ(tables.policies[0].first, student);
  EXPECT_EQ(tables.policies[2].first, staff);
}

TEST_P(RegistersStore, RetiresAPolicy) {
  put({version("student", 1)});
  put({RetireRow{1, {"student"}, at(9)}});
  EXPECT_EQ(refusal({RetireRow{1, {"staff"}, at(9)}}), Code::NotFound);
  const auto retired = load().retired;
  ASSERT_EQ(retired.size(), 1u);
  EXPECT_EQ(retired[0].policy.value, "student");
  EXPECT_EQ(retired[0].at, at(9));
}

TEST_P(RegistersStore, ADeviceEnrolsAndIsRevoked) {
  DeviceRow device;
  device.id.bytes = filled<16>(1);
  device.school = 1;
  device.name = "LIB-0039";
  device.room = "LIB";
  device.device_class = "school";
  device.code_hash = filled<32>(2);
  device.code_expires = at(5);
  device.key = put({device});
  EXPECT_EQ(load().devices.at(0).public_key, std::nullopt);
  device.public_key = filled<32>(3);
  device.revoked = at(6);
  EXPECT_EQ(put({device}), device.key);
  const auto devices = load().devices;
  ASSERT_EQ(devices.size(), 1u);
  EXPECT_EQ(devices[0].id, device.id);
  EXPECT_EQ(devices[0].name, "LIB-0039");
  EXPECT_EQ(devices[0].public_key, device.public_key);
  EXPECT_EQ(devices[0].code_expires, at(5));
  EXPECT_EQ(devices[0].revoked, at(6));
  device.key = 0;
  EXPECT_EQ(refusal({device}), Code::Conflict);
}

TEST_P(RegistersStore, ATokenBelongsToAPersonAndIsReplaced) {
  TokenRow token{{filled<16>(1)}, 44, "admin", filled<32>(2), at(3), std::nullopt};
  EXPECT_EQ(refusal({token}), Code::Invalid);
  token.person = put({person(1, "ann")});
  token.made_by = 7;
  put({token});
  token.revoked = at(4);
  put({token});
  const auto tokens = load().tokens;
  ASSERT_EQ(tokens.size(), 1u);
  EXPECT_EQ(tokens[0].person, token.person);
  EXPECT_EQ(tokens[0].scope, "admin");
  EXPECT_EQ(tokens[0].hash, token.hash);
  EXPECT_EQ(tokens[0].revoked, at(4));
  EXPECT_EQ(tokens[0].made_by, 7);
}

TEST_P(RegistersStore, AGrantedRoleIsKeptAndOnlyItsAnswerChanges) {
  RoleGrantRow row{1, {}};
  RoleGrant& grant = row.grant;
  grant.id.bytes = filled<16>(1);
  grant.role = "dsl";
  grant.person = 44;
  grant.deputy_of = 3;
  grant.from = at(1);
  grant.until = at(9);
  grant.why = "leave";
  grant.asked_by = 5;
  grant.asked_with = 6;
  grant.asked = at(2);
  EXPECT_EQ(refusal({row}), Code::Invalid);
  grant.person = put({person(1, "ann")});
  put({row});
  ASSERT_EQ(load().grants.size(), 1u);
  EXPECT_EQ(load().grants[0].grant, grant);
  grant.state = RoleGrantState::Granted;
  for (const PersonKey same : {PersonKey{0}, grant.asked_by, grant.person}) {
    grant.decided_by = same;
    EXPECT_EQ(refusal({row}), Code::Invalid) << same;
  }
  grant.decided_by = 8;
  grant.decided = at(3);
  grant.ended_by = 9;
  grant.ended = at(4);
  put({row});
  ASSERT_EQ(load().grants.size(), 1u);
  EXPECT_EQ(load().grants[0].school, 1);
  EXPECT_EQ(load().grants[0].grant, grant);
}

TEST_P(RegistersStore, ADocumentIsKeptOnce) {
  put({ShownRow{filled<32>(1), "assent-presentation/1\n"}});
  put({ShownRow{filled<32>(1), "assent-presentation/1\n"}});
}

}  // namespace
}  // namespace assent::contract
