// Accounts with an end: what they stand on, and that no failure leaves one that could sign in
// without being what it should be. Over real servers the contract holds (tests/contract/real).
#include "service/directory/ldap_accounts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "service/directory/check_accounts.h"
#include "tests/support/directory/lent_directory.h"
#include "tests/unit/directory/school_directory.h"

namespace assent::directory {
namespace {

const std::string kDomain = "DC=school,DC=test", kUnit = "OU=guests," + kDomain;
const std::string kUsers = "CN=Domain Users," + kDomain, kGuests = "CN=Guests," + kDomain;
const std::string kPolicy = "cn=policy," + kDomain;
const std::string kSid{"\x01\x01\0\0\0\0\0\x05\x15\0\0\0", 12};
const std::string kUsersSid{"\x01\x02\0\0\0\0\0\x05\x15\0\0\0\x01\x02\0\0", 16};  // … and 513

class LdapAccountsTest : public testing::TestWithParam<DirectoryKind> {
 protected:
  LdapAccountsTest() {
    settings.accounts = {kUnit, "Guests", kPolicy};
    settings.server.bind_dn = "assent@school.test";
    server().habits().is_ad = ad();
    server().put("", {{"defaultNamingContext", {kDomain}}, {"namingContexts", {kDomain}}});
    server().put(kDomain, {{"objectSid", {kSid}}, {"ms-DS-MachineAccountQuota", {"0"}}});
    server().put(kUnit, {{"allowedChildClassesEffective", {"user"}}});
    server().put(kUsers, group("Domain Users", "513"));
    server().put(kGuests, group("Guests", "1104"));
    server().put(kPolicy, {{"objectClass", {"device", "pwdPolicy"}}});
  }
  bool ad() const { return GetParam() == DirectoryKind::ActiveDirectory; }
  support::FakeDirectory& server() { return school.server; }
  static std::vector<Attribute> group(const std::string& name, const std::string& token) {
    return {{"objectClass", {"group"}},
            {"cn", {name}},
            {"objectSid", {token == "513" ? kUsersSid : "S"}},
            {"primaryGroupToken", {token}},
            {"allowedAttributesEffective", {"member"}}};
  }
  LdapAccounts accounts() { return {settings, support::lent(server()), clock}; }
  Entry* made() { return server().find((ad() ? "CN=amber," : "uid=amber,") + kUnit); }
  bool can_sign_in(const Entry& entry) const {
    return ad() ? entry.first("userAccountControl") == "66048"
                : !entry.values("userPassword").empty();
  }
  std::vector<CheckStep> bad_steps() { return steps(CheckStep::State::Bad); }
  std::vector<CheckStep> steps(CheckStep::State state) {
    CheckSteps steps;
    check_accounts(server(), settings, steps);
    std::vector<CheckStep> out;
    std::ranges::copy_if(steps.take(), std::back_inserter(out),
                         [&](const CheckStep& step) { return step.state == state; });
    return out;
  }
  Code refused() {
    const Status status = accounts().create(amber, "Wonder-9-Lamp");
    EXPECT_FALSE(status);
    EXPECT_EQ(made(), nullptr);
    EXPECT_EQ(bad_steps().size(), 1u);
    return status ? Code::Invalid : status.error().code;
  }

  StillClock clock;
  SchoolDirectory school{GetParam()};
  DirectorySettings settings = school_settings(GetParam());
  EndingAccount amber{"amber", "Amber", clock.time + hours{1} + milliseconds{999}};
};

TEST_P(LdapAccountsTest, EndsInTheDirectorysOwnWords) {
  ASSERT_TRUE(accounts().create(amber, "Wonder-9-Lamp"));
  ASSERT_TRUE(made());
  EXPECT_TRUE(can_sign_in(*made()));
  EXPECT_EQ(made()->first("accountExpires"), ad() ? "134398260000000000" : "");
  EXPECT_EQ(made()->first("pwdEndTime"), ad() ? "" : "20261122130000Z");
  EXPECT_EQ(made()->first("pwdPolicySubentry"), ad() ? "" : kPolicy);
  EXPECT_EQ(made()->first("primaryGroupID"), ad() ? "1104" : "");
  EXPECT_EQ(bad_steps().size(), ad() ? 1u : 0u);  // Active Directory says who may change it
  made()->attributes.push_back({"allowedAttributesEffective", {"accountExpires"}});
  EXPECT_TRUE(bad_steps().empty());
}

// The connection breaks at each call in turn, and the same again completes it.
TEST_P(LdapAccountsTest, WhatBreaksOffLeavesNobodyWhoCanSignInWithoutAnEnd) {
  std::size_t broken = 0;
  for (bool done = false; !done; ++broken) {
    server().habits().breaks_at = server().calls() + broken + 1;
    const Status status = accounts().create(amber, "Wonder-9-Lamp");
    done = bool(status);
    EXPECT_TRUE(done || status.error().code == Code::Unavailable) << status.error().message;
    if (const Entry* entry = made()) {
      EXPECT_FALSE(entry->first(ad() ? "accountExpires" : "pwdEndTime").empty());
      EXPECT_EQ(can_sign_in(*entry), done) << "after call " << broken;
    }
    ASSERT_LT(broken, 40u);
  }
  EXPECT_GT(broken, 4u);
  server().habits().breaks_at = 0;
  EXPECT_EQ(accounts().list().value().size(), 1u);
}

TEST_P(LdapAccountsTest, WithoutWhatItStandsOnNothingIsMade) {
  ASSERT_TRUE(server().remove(ad() ? kGuests : kPolicy).is_good());
  EXPECT_EQ(refused(), Code::NotFound);
  server().put(kGuests, group("Guests", "514"));
  server().put(kPolicy, {{"objectClass", {"device", "pwdPolicy"}}});
  server().habits().heeds_policies = false;
  EXPECT_EQ(refused(), Code::Denied);
  server().put(kGuests, group("Guests", "1104"));
  server().habits().heeds_policies = true;
  EXPECT_TRUE(accounts().create(amber, "Wonder-9-Lamp"));
}

TEST_P(LdapAccountsTest, AUnitThatIsNotThereIsNamed) {
  settings.accounts->unit = "OU=nowhere," + kDomain;
  EXPECT_EQ(refused(), Code::NotFound);
  EXPECT_EQ(accounts().list().error().code, Code::NotFound);
}

TEST_P(LdapAccountsTest, WhoHasNoEndIsNoneOfThem) {
  server().put((ad() ? "CN=amber," : "uid=amber,") + kUnit,
               {{"objectClass", {ad() ? "user" : "inetOrgPerson"}},
                {ad() ? "sAMAccountName" : "uid", {"amber"}},
                {"displayName", {"Amber"}},
                {"allowedAttributesEffective", {"accountExpires"}},
                {"accountExpires", {"9223372036854775807"}}});
  EXPECT_TRUE(accounts().list().value().empty());
  EXPECT_EQ(accounts().create(amber, "Wonder-9-Lamp").error().code, Code::Conflict);
  const auto notes = steps(CheckStep::State::Note);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes[0].what.find("end of "), std::string::npos) << notes[0].what;
}

INSTANTIATE_TEST_SUITE_P(Kinds, LdapAccountsTest,
                         testing::Values(DirectoryKind::OpenLdap, DirectoryKind::ActiveDirectory),
                         [](const auto& kind) {
                           return kind.param == DirectoryKind::OpenLdap ? "OpenLdap" : "Ad";
                         });

class AdAccounts : public LdapAccountsTest {};

TEST_P(AdAccounts, NothingIsMadeWhileGuestsCouldJoinMachinesOrWithoutTls) {
  server().put(kDomain, {{"objectSid", {kSid}}, {"ms-DS-MachineAccountQuota", {"10"}}});
  EXPECT_EQ(refused(), Code::Denied);
  EXPECT_EQ(bad_steps()[0].lines[0],
            "Set-ADDomain school.test -Replace @{'ms-DS-MachineAccountQuota'='0'}");
  server().put(kDomain, {{"objectSid", {kSid}}, {"ms-DS-MachineAccountQuota", {"0"}}});
  settings.server.plain = true;
  EXPECT_EQ(accounts().create(amber, "Wonder-9-Lamp").error().code, Code::Denied);
}

INSTANTIATE_TEST_SUITE_P(Kinds, AdAccounts, testing::Values(DirectoryKind::ActiveDirectory));

}  // namespace
}  // namespace assent::directory
