// Devices, their sessions, and the tokens of signed-in persons: who is believed, and until when.

#include <gtest/gtest.h>

#include "tests/support/gate_desk.h"

namespace assent {
namespace {

using support::GateDesk;
using support::secret;

struct DevicesTest : testing::Test {
  Result<Devices::Added> add(const std::string& name, SchoolKey in = 1) {
    return GateDesk::wait<Devices::Added>([&](auto then) {
      desk.devices.add(desk.ict, in, {name, "LIB", "school"}, then);
    });
  }
  Result<DeviceRow> enrol(const std::string& code, unsigned char key = 11) {
    return GateDesk::wait<DeviceRow>([&](auto then) {
      desk.devices.enrol(code, GateDesk::device_key(static_cast<unsigned char>(key)).public_key(),
                         then);
    });
  }
  Result<DeviceRow> revoke(const std::string& which, SchoolKey in = 1) {
    return GateDesk::wait<DeviceRow>(
        [&](auto then) { desk.devices.revoke(desk.ict, in, which, then); });
  }
  Result<Access::Session> session(const DeviceRow& device, unsigned char key = 11) {
    const std::string challenge = desk.access.challenge(device.id);
    return desk.access.open_session(device.id, challenge, bytes_of(challenge),
                                    GateDesk::device_key(key).sign(bytes_of(challenge)));
  }
  static void expect_denied(const auto& result) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::Denied);
  }

  GateDesk desk;
};

TEST_F(DevicesTest, ACodeWorksOnceAndIsReadAloud) {
  const auto added = add("LIB-01").value();
  EXPECT_EQ(added.code.size(), 14u);
  EXPECT_FALSE(added.device.public_key);
  std::string spoken = added.code;
  for (char& c : spoken) c = c == '-' ? ' ' : char(std::toupper(c));
  const DeviceRow device = enrol(spoken).value();
  EXPECT_EQ(device.id, added.device.id);
  EXPECT_EQ(device.school, 1);
  EXPECT_EQ(device.room, "LIB");
  expect_denied(enrol(added.code, 12));
  EXPECT_EQ(desk.registry->device(device.id)->public_key, GateDesk::device_key(11).public_key());
  EXPECT_EQ(desk.records(), 2u);  // added, enrolled
}

TEST_F(DevicesTest, EveryRecordNamesTheDevicesOwnSchool) {
  ASSERT_TRUE(enrol(add("LIB-01", 2).value().code));
  ASSERT_TRUE(revoke("LIB-01", 2));
  ASSERT_EQ(desk.records(), 3u);
  for (std::uint64_t index = 0; index < 3; ++index) {
    const std::string body = desk.store.ledger.record(index).value().body;
    EXPECT_NE(body.find(R"("school":"oakfield")"), std::string::npos) << body;
  }
}

TEST_F(DevicesTest, ACodeThatIsWrongOrOldOrRevokedEnrolsNothing) {
  const auto added = add("LIB-01").value();
  expect_denied(enrol(""));
  expect_denied(enrol("aaaa-aaaa-aaaa"));
  desk.clock.time += kCodeLife;
  expect_denied(enrol(added.code));
  desk.clock.time -= milliseconds{1};
  ASSERT_TRUE(revoke("LIB-01"));
  expect_denied(enrol(added.code));
}

// Anybody may try a code, and the writer is everybody's.
TEST_F(DevicesTest, AWrongCodeIsRefusedWithoutTheWriter) {
  std::promise<void> begun, end;
  std::shared_future<void> held(end.get_future());
  ASSERT_TRUE(desk.writer->submit_alone(
      [&begun, held](Transaction&, const JobContext&) -> Result<std::vector<Draft>> {
        begun.set_value();
        held.wait();
        return std::vector<Draft>{};
      },
      [](const Result<Written>&) {}));
  begun.get_future().wait();
  const auto heard = std::make_shared<std::optional<Code>>();
  const auto key = GateDesk::device_key(11).public_key();
  const auto then = [heard](const Result<DeviceRow>& row) { *heard = row.error().code; };
  desk.devices.enrol("aaaa-aaaa-aaaa", key, then);
  EXPECT_EQ(*heard, Code::Denied);
  end.set_value();
}

TEST_F(DevicesTest, TwoEnrolmentsWithOneCodeMakeOneDevice) {
  const std::string code = add("LIB-01").value().code;
  std::vector<std::future<bool>> outcomes;
  for (const int key : {11, 12}) {
    const auto promise = std::make_shared<std::promise<bool>>();
    outcomes.push_back(promise->get_future());
    desk.devices.enrol(code, GateDesk::device_key(static_cast<unsigned char>(key)).public_key(),
                       [promise](const auto& row) { promise->set_value(bool(row)); });
  }
  EXPECT_TRUE(outcomes[0].get());
  EXPECT_FALSE(outcomes[1].get());
}

// Both calls may wait in the queue together: the second still finds the name taken.
TEST_F(DevicesTest, OneNameHasOneDevice) {
  std::vector<std::future<Result<DeviceId>>> outcomes;
  for (int i = 0; i < 2; ++i) {
    const auto promise = std::make_shared<std::promise<Result<DeviceId>>>();
    outcomes.push_back(promise->get_future());
    desk.devices.add(
        desk.ict, 1, {"LIB-01", "LIB", "school"}, [promise](const Result<Devices::Added>& added) {
          promise->set_value(added ? Result<DeviceId>(added->device.id) : fail(added.error()));
        });
  }
  EXPECT_EQ(outcomes[0].get().value(), outcomes[1].get().value());
  EXPECT_EQ(desk.registry->devices(1).size(), 1u);
}

TEST_F(DevicesTest, NamingADeviceAgainGivesANewCodeUntilItIsEnrolled) {
  const std::string old_code = add("LIB-01").value().code;
  const std::string code = add("LIB-01").value().code;
  expect_denied(enrol(old_code));
  const DeviceRow first = enrol(code).value();
  EXPECT_EQ(add("LIB-01").error().code, Code::Conflict);
  const DeviceRequest again{"LIB-01", "LIB", "school"};
  EXPECT_EQ(desk.devices.to_add(1, again).error().code, Code::Conflict);
  EXPECT_TRUE(desk.devices.to_add(2, again));
  EXPECT_TRUE(add("LIB-01", 2));  // another school's names are its own
  ASSERT_TRUE(revoke("LIB-01"));
  const DeviceRow second = enrol(add("LIB-01").value().code, 12).value();
  EXPECT_NE(first.id, second.id);
  EXPECT_TRUE(desk.registry->device(first.id)->revoked);
}

TEST_F(DevicesTest, RevokingIsForOneLiveDeviceOfTheSchool) {
  const DeviceRow device = desk.device("LIB-01", 11);
  EXPECT_EQ(revoke("LIB-01", 2).error().code, Code::NotFound);
  EXPECT_EQ(revoke("LIB-02").error().code, Code::NotFound);
  EXPECT_EQ(revoke(to_text(device.id)).value().revoked, desk.clock.time);
  EXPECT_EQ(revoke(to_text(device.id)).error().code, Code::Conflict);
  EXPECT_EQ(revoke("LIB-01").error().code, Code::NotFound);
}

TEST_F(DevicesTest, ASessionOpensByTheDevicesKeyAndLivesAnHour) {
  const DeviceRow device = desk.device("LIB-01", 11);
  const auto opened = session(device).value();
  EXPECT_EQ(opened.expires, desk.clock.time + kSessionLife);
  EXPECT_EQ(desk.access.device(opened.bearer).value().id, device.id);
  desk.clock.time += kSessionLife;
  expect_denied(desk.access.device(opened.bearer));
  desk.clock.time -= milliseconds{1};
  EXPECT_TRUE(desk.access.device(opened.bearer));
  ASSERT_TRUE(revoke("LIB-01"));
  expect_denied(desk.access.device(opened.bearer));
  expect_denied(session(desk.registry->device(device.id).value()));
}

// A1: neither another key nor another device's challenge opens a session.
TEST_F(DevicesTest, A1_ASessionNeedsThisDevicesKeyOverThisChallenge) {
  const DeviceRow device = desk.device("LIB-01", 11), other = desk.device("LIB-02", 12);
  expect_denied(session(device, 12));
  const auto open = [&](const DeviceRow& as, const std::string& challenge) {
    return desk.access.open_session(as.id, challenge, bytes_of(challenge),
                                    GateDesk::device_key(11).sign(bytes_of(challenge)));
  };
  expect_denied(open(device, desk.access.challenge(other.id)));
  expect_denied(open(device, ""));
  expect_denied(open(device, "AAAA"));
  const std::string challenge = desk.access.challenge(device.id);
  desk.clock.time += kChallengeLife;
  expect_denied(open(device, challenge));
  desk.clock.time -= milliseconds{1};
  EXPECT_TRUE(open(device, challenge));
  // A session is no challenge, and a challenge no session.
  expect_denied(desk.access.device("assent_gate_" + challenge));
}

TEST_F(DevicesTest, ADeviceThatWasNeverEnrolledOpensNothing) {
  expect_denied(session(add("LIB-01").value().device));
  DeviceRow nobody;
  nobody.id.bytes.fill(std::byte{9});
  EXPECT_FALSE(desk.access.challenge(nobody.id).empty());  // tells nothing
  expect_denied(session(nobody));
}

struct Tokens : DevicesTest {
  Tokens() { person = desk.person("mjones", {{"role", "staff"}}); }
  std::string issue(const std::string& scope = "admin") {
    const auto issued =
        make_token(desk.access_key, person.key, scope, desk.clock.time, desk.random);
    desk.put(issued.row);
    return issued.bearer;
  }
  PersonRow person;
};

TEST_F(Tokens, BelongToAPersonAndCarryTheirScope) {
  const Actor actor = desk.access.actor(issue()).value();
  EXPECT_EQ(actor.person.login, "mjones");
  EXPECT_EQ(actor.scope, "admin");
  std::string report = issue("report:read");
  EXPECT_TRUE(report.starts_with("assent_report_"));
  // The word in the bearer is for people: the scope is the row's.
  EXPECT_EQ(desk.access.actor("assent_admin" + report.substr(13)).value().scope, "report:read");
}

TEST_F(Tokens, AreNotBelievedOnceTheirPersonHasLeft) {
  const std::string bearer = issue();
  person.state = PersonState::Left;
  desk.put(person);
  expect_denied(desk.access.actor(bearer));
}

TEST_F(Tokens, EndAfterNinetyDaysOrWhenRevoked) {
  const std::string bearer = issue();
  desk.clock.time += kTokenLife;
  expect_denied(desk.access.actor(bearer));
  desk.clock.time -= milliseconds{1};
  EXPECT_TRUE(desk.access.actor(bearer));
  TokenRow row = desk.registry->tokens().at(0);
  row.revoked = desk.clock.time;
  desk.put(row);
  expect_denied(desk.access.actor(bearer));
}

TEST_F(Tokens, AreRefusedWithAnotherSecretIdOrKey) {
  const std::string bearer = issue(), other = issue();
  const auto secret_at = bearer.rfind('_') + 1;
  expect_denied(desk.access.actor(bearer.substr(0, secret_at) + other.substr(secret_at)));
  for (const std::string& wrong :
       {std::string(), std::string("assent_"), std::string("assent__"),
        std::string("assent_admin_"), std::string("assent_admin__"), bearer.substr(0, secret_at),
        bearer + "a", bearer.substr(1), "Bearer " + bearer, bearer.substr(0, bearer.size() - 1)})
    expect_denied(desk.access.actor(wrong));
  const auto forged =
      make_token(secret(9), person.key, "admin", desk.clock.time, desk.random).bearer;
  expect_denied(desk.access.actor(forged));
}

// A13: a device's session is no person's token, and a token no session.
TEST_F(Tokens, A13_DevicesAndPersonsAreNotMixedUp) {
  const std::string gate = session(desk.device("LIB-01", 11)).value().bearer;
  expect_denied(desk.access.actor(gate));
  expect_denied(desk.access.device(issue()));
}

}  // namespace
}  // namespace assent
