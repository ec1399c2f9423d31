// How levels are put into groups: how many operations it takes, and what faults lead to.
#include "service/directory/ldap_levels.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "service/directory/account_state.h"
#include "tests/support/directory/lent_directory.h"
#include "tests/unit/directory/school_directory.h"

namespace assent::directory {
namespace {

constexpr auto kKind = DirectoryKind::OpenLdap;
const std::string kUnsigned = "cn=unsigned," + kGroups, kKs3 = "cn=ks3," + kGroups;

class Levels : public testing::Test {
 protected:
  Levels() {
    school.group("unsigned", {});
    school.group("ks3", {});
    for (Entry* group : {school.server.find(kUnsigned), school.server.find(kKs3)})
      group->attributes.front().values = {"groupOfMembers"};
  }
  // So many people in `group`, with the moves that take them from unsigned to ks3.
  std::vector<LevelMove> people(std::size_t count, const std::string& group) {
    std::vector<LevelMove> moves;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string dn = school.person("p" + std::to_string(i));
      moves.push_back({id_of(kKind, *school.server.find(dn)).value(), {"unsigned"}, "ks3"});
      put(group, dn);
    }
    return moves;
  }
  void put(const std::string& group, const std::string& dn) { members(group).push_back(dn); }
  std::vector<std::string>& members(const std::string& group) {
    return school.server.find(group)->attributes.back().values;
  }
  static std::set<Moved> outcomes(const std::vector<MoveResult>& results) {
    std::set<Moved> out;
    for (const MoveResult& result : results) out.insert(result.moved);
    return out;
  }

  SchoolDirectory school{kKind, {.range = 0}};
  LdapLevels::Groups groups{{"unsigned", "unsigned"}, {"ks3", "ks3"}};
  std::size_t opened = 0;
  LdapLevels levels{school_settings(kKind), groups, [this]() {
                      ++opened;
                      return support::lent(school.server)();
                    }};
};

TEST_F(Levels, ManyPeopleAreOneOperationAGroup) {
  const auto moves = people(300, kUnsigned);
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Held});
  EXPECT_EQ(members(kKs3).size(), 300u);
  EXPECT_TRUE(members(kUnsigned).empty());
  EXPECT_EQ(school.server.modifications(), 2u);
}

TEST_F(Levels, WhatIsSoAlreadyCostsOneLookAtTheGroup) {
  const auto moves = people(300, kUnsigned);
  for (std::size_t i = 0; i < 300; i += 2) put(kKs3, members(kUnsigned)[i]);
  members(kUnsigned).erase(members(kUnsigned).begin() + 7);
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Held});
  EXPECT_EQ(school.server.modifications(), 4u);
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Held});
  EXPECT_EQ(school.server.modifications(), 6u);  // each of two found nothing left to do
}

TEST_F(Levels, KeepsItsConnectionAndMakesAnotherWhenItIsBroken) {
  const auto moves = people(2, kUnsigned);
  levels.apply(moves);
  levels.apply(moves);
  EXPECT_EQ(opened, 1u);
  school.server.habits().breaks_at = school.server.calls() + 1;
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Held});
  EXPECT_EQ(opened, 2u);
}

TEST_F(Levels, NothingIsTriedAfterTheLineWentDead) {
  const auto moves = people(3, kUnsigned);
  school.server.habits().breaks_at = 3;  // people, group, the first change
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Unknown});
  EXPECT_EQ(school.server.calls(), 3u);
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Held});
  EXPECT_EQ(opened, 2u);
}

TEST_F(Levels, AGroupThatIsGoneIsSaidAndHoldsUpNobodyElse) {
  auto moves = people(2, kUnsigned);
  moves[1].to = "staff";
  const auto results = levels.apply(moves);
  EXPECT_EQ(results[0].moved, Moved::Held);
  EXPECT_EQ(results[1].moved, Moved::Refused);
  EXPECT_NE(results[1].error.message.find("staff"), std::string::npos);
  EXPECT_EQ(members(kUnsigned).size(), 1u);  // nobody is taken out who was not put in
}

TEST_F(Levels, TheLastMemberThatMustStayIsRefusedAlone) {
  school.server.find(kUnsigned)->attributes.front().values = {"groupOfNames"};
  const auto results = levels.apply(people(4, kUnsigned));
  EXPECT_EQ(std::ranges::count(results, Moved::Held, &MoveResult::moved), 3);
  EXPECT_EQ(members(kUnsigned).size(), 1u);
  EXPECT_EQ(members(kKs3).size(), 4u);
}

TEST_F(Levels, MembersWhoAreNobodyOfTheSchoolAreReadByTheirName) {
  people(1, kKs3);
  put(kKs3, "cn=stranger,dc=elsewhere");
  std::vector<std::string> ids;
  const std::vector<std::string> asked{"ks3"};
  ASSERT_TRUE(levels.read(asked, [&](const HeldLevel& held) { ids.push_back(held.id); }));
  EXPECT_EQ(ids, (std::vector<std::string>{"00000000-0000-0000-0000-000000000001",
                                           "cn=stranger,dc=elsewhere"}));
}

// Who leaves is often moved elsewhere first, and their memberships go with them.
TEST_F(Levels, SomebodyMovedOutOfTheBaseIsStillReadAndTakenOut) {
  school.server.put("", {{"namingContexts", {"dc=school,dc=test"}}});
  const std::string id = "00000000-0000-0000-0000-0000000000aa";
  const std::string dn = "uid=gone,ou=leavers,dc=school,dc=test";
  school.server.put(dn, {{"objectClass", {"inetOrgPerson"}}, {"entryUUID", {id}}});
  put(kKs3, dn);
  std::vector<std::string> ids;
  const std::vector<std::string> asked{"ks3"};
  ASSERT_TRUE(levels.read(asked, [&](const HeldLevel& held) { ids.push_back(held.id); }));
  EXPECT_EQ(ids, std::vector<std::string>{id});
  EXPECT_EQ(outcomes(levels.apply(std::vector<LevelMove>{{id, {"ks3"}, ""}})),
            std::set{Moved::Held});
  EXPECT_TRUE(members(kKs3).empty());
}

// 53 is "not a member" in Active Directory, and "nothing may be changed now" elsewhere.
TEST_F(Levels, ADirectoryThatMayOnlyBeReadIsNotTakenForOneThatIsRight) {
  auto moves = people(1, kKs3);
  moves[0] = {moves[0].id, {"ks3"}, ""};
  school.server.habits().read_only = true;
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Refused});
  EXPECT_EQ(members(kKs3).size(), 1u);
}

TEST_F(Levels, APartIsNeverTakenForTheWhole) {
  people(3, kKs3);
  school.server.habits().size_limit = 2;
  const std::vector<std::string> asked{"ks3"};
  EXPECT_EQ(levels.read(asked, [](const HeldLevel&) {}).error().code, Code::Unavailable);
}

TEST_F(Levels, ADirectoryThatIsAwayLeavesEveryOutcomeOpen) {
  LdapLevels away{school_settings(kKind), groups, []() -> Result<std::unique_ptr<Directory>> {
                    return fail(Code::Unavailable, "no route");
                  }};
  const auto results = away.apply(people(2, kUnsigned));
  EXPECT_EQ(outcomes(results), std::set{Moved::Unknown});
  EXPECT_EQ(results[0].error.message, "no route");
}

}  // namespace
}  // namespace assent::directory
