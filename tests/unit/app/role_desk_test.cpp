// Roles that are granted: what they let people do, what is written, and when it is over (R38, K27).

#include "service/app/role_desk.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/support/guest_rig.h"

namespace assent {
namespace {

std::vector<School> schools_with_roles() {
  auto schools = guest_schools();
  for (School& school : schools) school.roles.push_back({"dsl", {}});
  return schools;
}

struct RoleDeskTest : testing::Test, GuestRig {
  RoleDeskTest()
      : GuestRig(std::make_shared<support::MemoryDisk>(), schools_with_roles()),
        roles({*registry, store.people, *writer, clock, random}) {
    second.person = person("s.head", {{"role", "staff"}});
    second.scope = "admin";
  }
  RoleWish wish(const std::string& role = "reception") const {
    return {role, teacher.person.key, 0, std::nullopt, clock.time + days{10}, "cover"};
  }
  Result<RoleGrant> ask(const RoleWish& of, const Actor& by) {
    return wait<RoleGrant>([&](auto then) { roles.ask(by, school(), of, then); });
  }
  Result<RoleGrant> step(const RoleGrant& grant, RoleStep::What what, const Actor& by) {
    return wait<RoleGrant>([&](auto then) {
      roles.take(by, school(), grant.id, {what, "a test"}, then);
    });
  }
  RoleGrant granted(const RoleWish& of) {
    return step(ask(of, ict).value(), RoleStep::What::Grant, second).value();
  }
  Value newest_record() {
    return parse_json(store.ledger.record(records() - 1).value().body).value();
  }

  RoleDesk roles;
  Actor second;
};

TEST_F(RoleDeskTest, AGrantedRoleIsARoleUntilItsEnd) {
  EXPECT_FALSE(desk.may_issue(teacher, school(), "visitor"));
  const RoleGrant grant = granted(wish());
  EXPECT_TRUE(desk.may_issue(teacher, school(), "visitor"));
  clock.time = grant.until;
  EXPECT_FALSE(desk.may_issue(teacher, school(), "visitor"));
}

TEST_F(RoleDeskTest, WhatIsAskedForIsNoRoleYet) {
  ASSERT_TRUE(ask(wish(), ict));
  EXPECT_FALSE(desk.may_issue(teacher, school(), "visitor"));
}

TEST_F(RoleDeskTest, OnePersonIsNotEnough) {
  const RoleGrant asked = ask(wish(), ict).value();
  EXPECT_EQ(step(asked, RoleStep::What::Grant, ict).error().code, Code::Denied);
  EXPECT_FALSE(desk.may_issue(teacher, school(), "visitor"));
}

TEST_F(RoleDeskTest, ARoleThatTheFileGivesNobodyHasToBeGranted) {
  const auto is_dsl = [&] {
    const auto has = registry->roles_of(school(), host, clock.time);
    return std::ranges::find(has, "dsl") != has.end();
  };
  EXPECT_FALSE(is_dsl());
  RoleWish of = wish("dsl");
  of.person = host.key;
  granted(of);
  EXPECT_TRUE(is_dsl());
}

TEST_F(RoleDeskTest, ADeputyIsSomebodysWhoHasTheRole) {
  RoleWish of = wish();
  of.deputy_of = second.person.key;
  EXPECT_EQ(ask(of, ict).error().code, Code::Invalid);
  of.deputy_of = host.key;
  EXPECT_TRUE(ask(of, ict));
}

TEST_F(RoleDeskTest, WhoHasTheRoleNamesTheirDeputyAndAnotherGrantsIt) {
  RoleWish of = wish();
  of.deputy_of = host.key;
  const RoleGrant asked = ask(of, reception).value();
  EXPECT_EQ(step(asked, RoleStep::What::Grant, reception).error().code, Code::Denied);
  EXPECT_TRUE(step(asked, RoleStep::What::Grant, ict));
  EXPECT_TRUE(desk.may_issue(teacher, school(), "visitor"));
}

TEST_F(RoleDeskTest, EachStepIsARecordOfWhoDidItToWhom) {
  const RoleGrant asked = ask(wish(), ict).value();
  const auto check = [&](const char* type, const char* by) {
    const Value record = newest_record();
    EXPECT_EQ(*record.find("type")->text(), type);
    EXPECT_EQ(*record.find("grant")->text(), to_text(asked.id));
    EXPECT_EQ(*record.find("role")->text(), "reception");
    EXPECT_EQ(*record.find("subject")->find("login")->text(), "j.lee");
    EXPECT_EQ(*record.find("by")->find("login")->text(), by);
  };
  check("role.ask", "i.cote");
  ASSERT_TRUE(step(asked, RoleStep::What::Grant, second));
  check("role.grant", "s.head");
  ASSERT_TRUE(step(asked, RoleStep::What::End, teacher));
  check("role.end", "j.lee");
  EXPECT_FALSE(desk.may_issue(teacher, school(), "visitor"));
}

TEST_F(RoleDeskTest, NoPupilAndNoGuestHasARoleAndNoUnknownRoleIsAskedFor) {
  EXPECT_EQ(ask(wish("caretaker"), ict).error().code, Code::NotFound);
  RoleWish of = wish();
  for (const PersonKey nobody : {issue().row.person, student("pupil").key}) {
    of.person = nobody;
    EXPECT_EQ(ask(of, ict).error().code, Code::Denied);
  }
}

TEST_F(RoleDeskTest, WhatIsOverIsListedForAMonth) {
  const RoleGrant grant = granted(wish());
  clock.time = grant.until + RoleDesk::kListed;
  EXPECT_EQ(roles.list(school()).size(), 1u);
  clock.time += milliseconds{1};
  EXPECT_TRUE(roles.list(school()).empty());
}

TEST_F(RoleDeskTest, ARestartForgetsNoRole) {
  const RoleGrant grant = granted(wish());
  const auto again = Registry::load(store.registers, calendar, schools_with_roles()).value();
  EXPECT_EQ(again->grants(1), std::vector{grant});
}

}  // namespace
}  // namespace assent
