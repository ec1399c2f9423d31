// How levels are put into groups: how many operations it takes, and what faults lead to.
#include "service/directory/ldap_levels.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "service/directory/account_state.h"
#include "tests/support/directory/lent_directory.h"
#include "tests/unit/directory/school_directory.h"

namespace assent::directory {
namespace {

const std::string kUnsigned = "cn=unsigned," + kGroups, kKs3 = "cn=ks3," + kGroups;

class LevelsIn : public testing::Test {
 protected:
  LevelsIn(DirectoryKind of, support::FakeHabits habits) : kind(of), school(of, habits) {
    school.group("unsigned", {});
    school.group("ks3", {});
  }
  // So many people in `group`, with the moves that take them from unsigned to ks3.
  std::vector<LevelMove> people(std::size_t count, const std::string& group) {
    std::vector<LevelMove> moves;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string dn = school.person("p" + std::to_string(i));
      moves.push_back({id_of(kind, *school.server.find(dn)).value(), {"unsigned"}, "ks3"});
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

  const DirectoryKind kind;
  SchoolDirectory school;
  LdapLevels::Groups groups{{"unsigned", "unsigned"}, {"ks3", "ks3"}};
  std::size_t opened = 0;
  LdapLevels levels{school_settings(kind), groups, [this]() {
                      ++opened;
                      return support::lent(school.server)();
                    }};
};

class Levels : public LevelsIn {
 protected:
  Levels() : LevelsIn(DirectoryKind::OpenLdap, {.range = 0}) {
    for (Entry* group : {school.server.find(kUnsigned), school.server.find(kKs3)})
      group->attributes.front().values = {"groupOfMembers"};
  }
};

class LevelsInActiveDirectory : public LevelsIn {
 protected:
  LevelsInActiveDirectory()
      : LevelsIn(DirectoryKind::ActiveDirectory, {.range = 2, .is_ad = true}) {}
  std::size_t times_asked_for_people() const {
    return std::size_t(std::ranges::count_if(school.server.filters(), [](const std::string& text) {
      return text.find("objectGUID") != text.npos || text.find("user") != text.npos;
    }));
  }
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

TEST_F(Levels, WhoIsNamedNeedNotBeFound) {
  auto moves = people(30, kUnsigned);
  for (std::size_t i = 0; i < 30; ++i) moves[i].name = members(kUnsigned)[i];
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Held});
  EXPECT_EQ(members(kKs3).size(), 30u);
  for (const std::string& filter : school.server.filters())
    EXPECT_EQ(filter.find("entryUUID"), std::string::npos) << filter;
}

// Their groups may have followed them, as with OpenLDAP's overlay refint.
TEST_F(Levels, WhoWasRenamedSinceIsFound) {
  auto moves = people(3, kUnsigned);
  for (std::size_t i = 0; i < 3; ++i) moves[i].name = members(kUnsigned)[i];
  moves[1].name = "uid=before," + kBase;
  moves[2].name = "UID=p2," + kBase;  // the same name, as somebody wrote it
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Held});
  EXPECT_TRUE(members(kUnsigned).empty());
  EXPECT_EQ(std::ranges::count(members(kKs3), "uid=p1," + kBase), 1);
  EXPECT_EQ(members(kKs3).size(), 3u);  // the old name is in no group
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
  school.server.habits().breaks_at = 4;  // two groups, people, the first change
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Unknown});
  EXPECT_EQ(school.server.calls(), 4u);
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
  LdapLevels away{school_settings(kind), groups, []() -> Result<std::unique_ptr<Directory>> {
                    return fail(Code::Unavailable, "no route");
                  }};
  const auto results = away.apply(people(2, kUnsigned));
  EXPECT_EQ(outcomes(results), std::set{Moved::Unknown});
  EXPECT_EQ(results[0].error.message, "no route");
}

TEST_F(LevelsInActiveDirectory, NobodyHasToBeFoundToBeMoved) {
  const auto moves = people(30, kUnsigned);
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Held});
  EXPECT_EQ(members(kKs3).size(), 30u);
  EXPECT_TRUE(members(kUnsigned).empty());
  EXPECT_EQ(school.server.modifications(), 2u);
  EXPECT_EQ(times_asked_for_people(), 0u);
}

TEST_F(LevelsInActiveDirectory, GroupsAreReadWithTheIdsOfTheirMembers) {
  people(5, kKs3);
  std::set<std::string> ids, names;
  const std::vector<std::string> asked{"ks3"};
  ASSERT_TRUE(levels.read(asked, [&](const HeldLevel& held) {
    ids.insert(held.id);
    names.insert(held.name);
  }));
  EXPECT_EQ(ids.size(), 5u);
  EXPECT_TRUE(ids.contains("00000000-0000-0000-0000-000000000005"));
  EXPECT_TRUE(names.contains("uid=p4," + kBase));
  EXPECT_EQ(times_asked_for_people(), 0u);
}

TEST_F(LevelsInActiveDirectory, WhoWasRenamedSinceIsFound) {
  auto moves = people(3, kUnsigned);
  for (std::size_t i = 0; i < 3; ++i) moves[i].name = members(kUnsigned)[i];
  moves[1].name = "uid=before," + kBase;
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Held});
  EXPECT_TRUE(members(kUnsigned).empty());
  EXPECT_EQ(members(kKs3).size(), 3u);
}

// Such a change fails for all in it, and for a reason that each server words in its own way.
TEST_F(LevelsInActiveDirectory, ARefusalIsLookedIntoByName) {
  auto moves = people(30, kUnsigned);
  put(kKs3, members(kUnsigned)[7]);
  members(kUnsigned).erase(members(kUnsigned).begin() + 3);
  moves[20].id = "00000000-0000-0000-0000-00000000ffff";
  const auto results = levels.apply(moves);
  EXPECT_EQ(std::ranges::count(results, Moved::Held, &MoveResult::moved), 29);
  EXPECT_EQ(results[20].moved, Moved::Nobody);
  EXPECT_EQ(members(kKs3).size(), 29u);
  EXPECT_EQ(members(kUnsigned).size(), 1u);
}

TEST_F(LevelsInActiveDirectory, NothingIsTriedByNameOnceTheLineWentDead) {
  const auto moves = people(3, kUnsigned);
  school.server.habits().breaks_at = 3;  // two groups, the first change
  EXPECT_EQ(outcomes(levels.apply(moves)), std::set{Moved::Unknown});
  EXPECT_EQ(school.server.calls(), 3u);
}

}  // namespace
}  // namespace assent::directory
