// What a reading of the roster changes: matching by id, logins that change hands, and the brake.
#include "service/domain/roster.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

namespace assent {
namespace {

ExternalId mis(const std::string& number) {
  return {"mis_id", number};
}

struct Roster : testing::Test {
  RosterPlanner planner{5};

  void know(PersonKey key, const std::string& login, const std::string& year = "7",
            PersonState state = PersonState::Active, bool owned = true) {
    planner.know({key, entry(login, year), state, owned});
    planner.know_id(mis(std::to_string(key)), key);
  }
  RosterEntry entry(const std::string& login, const std::string& year = "7") {
    return {login, "Name " + login, "7A", planner.profile({{"role", "student"}, {"year", year}})};
  }
  void add(std::size_t line, int id, const std::string& login) {
    planner.add(line, {mis(std::to_string(id))}, entry(login));
  }
};

TEST_F(Roster, TellsJoinsChangesLeaversAndUnchangedApart) {
  for (PersonKey key : {1, 2, 3}) know(key, "p" + std::to_string(key));
  add(2, 1, "p1");
  add(3, 2, "renamed");
  add(4, 9, "p9");
  const RosterPlan plan = planner.finish();
  EXPECT_EQ(plan.rows, 3u);
  EXPECT_EQ(plan.unchanged, 1u);
  ASSERT_EQ(plan.changes.size(), 1u);
  EXPECT_EQ(plan.changes[0].person, 2);
  EXPECT_EQ(plan.changes[0].entry.login, "renamed");
  ASSERT_EQ(plan.joins.size(), 1u);
  EXPECT_EQ(plan.joins[0].entry.login, "p9");
  EXPECT_EQ(plan.leavers, std::vector<PersonKey>{3});
  EXPECT_TRUE(plan.faults.empty());
}

TEST_F(Roster, AReusedLoginMovesAndItsLastOwnerKeepsNoneA27) {
  know(1, "jsmith", "13", PersonState::Left);
  add(2, 9, "jsmith");
  const RosterPlan plan = planner.finish();
  ASSERT_EQ(plan.joins.size(), 1u) << "a login never matches a person";
  EXPECT_EQ(plan.lose_login, std::vector<PersonKey>{1});
}

TEST_F(Roster, TwoPeopleMaySwapLogins) {
  know(1, "a");
  know(2, "b");
  add(2, 1, "b");
  add(3, 2, "a");
  const RosterPlan plan = planner.finish();
  EXPECT_EQ(plan.changes.size(), 2u);
  EXPECT_TRUE(plan.lose_login.empty());
  EXPECT_TRUE(plan.faults.empty());
}

TEST_F(Roster, AnActivePersonOfAnotherSourceIsNotRobbedOfTheirLoginA27) {
  know(1, "admin", "", PersonState::Active, false);
  add(2, 9, "admin");
  const RosterPlan plan = planner.finish();
  ASSERT_EQ(plan.faults.size(), 1u);
  EXPECT_EQ(plan.faults[0].line, 2u);
  EXPECT_FALSE(may_apply(plan, std::nullopt));
}

TEST_F(Roster, AnyIdFindsThePersonAndNewIdsAreAdded) {
  know(1, "p1");
  planner.add(2, {{"entra", "x"}, mis("1")}, entry("p1"));
  const RosterPlan plan = planner.finish();
  ASSERT_EQ(plan.changes.size(), 1u);
  EXPECT_EQ(plan.changes[0].person, 1);
  EXPECT_EQ(plan.changes[0].new_ids, (std::vector<ExternalId>{{"entra", "x"}}));
}

TEST_F(Roster, SomebodyWhoComesBackIsTheSamePerson) {
  know(1, "p1", "7", PersonState::Left);
  add(2, 1, "p1");
  const RosterPlan plan = planner.finish();
  ASSERT_EQ(plan.changes.size(), 1u);
  EXPECT_TRUE(plan.changes[0].returned);
}

TEST_F(Roster, PeopleOfOtherSourcesNeverLeaveByThisOne) {
  know(1, "local", "", PersonState::Active, false);
  EXPECT_TRUE(planner.finish().leavers.empty());
}

TEST_F(Roster, EveryFaultNamesItsLine) {
  know(1, "p1");
  know(2, "p2");
  planner.add(2, {mis("1"), mis("2")}, entry("p1"));  // one row, two persons
  add(3, 7, "p7");
  add(4, 7, "p8");                  // one id, two rows
  add(5, 8, "p7");                  // one login, two rows
  planner.add(6, {}, entry("p6"));  // no id
  const RosterPlan plan = planner.finish();
  ASSERT_EQ(plan.faults.size(), 4u);
  EXPECT_NE(plan.faults[0].what.find("two persons, Name p1 and Name p2"), std::string::npos);
  EXPECT_NE(plan.faults[1].what.find("mis_id 7 is in line 3"), std::string::npos);
  EXPECT_NE(plan.faults[2].what.find("login p7 is in line 3"), std::string::npos);
  EXPECT_EQ(plan.faults[3].line, 6u);
  EXPECT_EQ(plan.joins.size(), 1u);
}

TEST_F(Roster, TwoRowsForOnePersonByDifferentIdsAreAFault) {
  know(1, "p1");
  planner.know_id({"entra", "x"}, 1);
  add(2, 1, "p1");
  planner.add(3, {{"entra", "x"}}, entry("other"));
  const RosterPlan plan = planner.finish();
  ASSERT_EQ(plan.faults.size(), 1u);
  EXPECT_NE(plan.faults[0].what.find("same person as line 2"), std::string::npos);
}

TEST_F(Roster, FaultsAreBounded) {
  for (std::size_t line = 2; line < 2000; ++line) add(line, 1, "");
  const RosterPlan plan = planner.finish();
  EXPECT_EQ(plan.faults.size(), RosterPlanner::kMaxFaults + 1);
}

TEST(LeaversBrake, StopsAtMoreThanThePercentageUnlessTheExactNumberIsAccepted) {
  struct Row {
    int people, leavers;
    bool stops;
  };
  for (const Row& row : {Row{100, 5, false}, Row{100, 6, true}, Row{100, 0, false}, Row{1, 1, true},
                         Row{19, 1, true}, Row{20, 1, false}}) {
    RosterPlanner planner(5);
    const auto none = planner.profile({});
    for (int i = 1; i <= row.people; ++i) {
      planner.know({i, {"", "n", "", none}, PersonState::Active, true});
      planner.know_id(mis(std::to_string(i)), i);
      if (i > row.leavers) planner.add(i + 1, {mis(std::to_string(i))}, {"", "n", "", none});
    }
    const RosterPlan plan = planner.finish();
    EXPECT_EQ(!plan.brake.empty(), row.stops) << row.people << " " << row.leavers;
    EXPECT_EQ(may_apply(plan, std::nullopt), !row.stops);
    EXPECT_TRUE(may_apply(plan, row.leavers));
    EXPECT_EQ(may_apply(plan, row.leavers + 1), !row.stops);
  }
}

TEST_F(Roster, StopsWhenAWholeYearGroupWouldLeave) {
  for (PersonKey key = 1; key <= 100; ++key) {
    know(key, "p" + std::to_string(key), key <= 3 ? "11" : "7");
    if (key > 3) add(std::size_t(key), int(key), "p" + std::to_string(key));
  }
  const RosterPlan plan = planner.finish();
  EXPECT_EQ(plan.leavers.size(), 3u);
  EXPECT_NE(plan.brake.find("the whole of year 11"), std::string::npos) << plan.brake;
}

// Whatever the two readings, everybody is counted once and no login has two owners.
TEST(RosterProperty, EverybodyIsAccountedForAndNoLoginIsDoubled) {
  const bool held = rc::check([](const std::map<std::uint8_t, std::uint8_t>& before,
                                 const std::map<std::uint8_t, std::uint8_t>& now) {
    RosterPlanner planner(100);
    const auto none = planner.profile({});
    std::map<PersonKey, std::string> login;
    std::set<std::string> used;
    for (const auto& [id, name] : before) {
      const std::string text = "l" + std::to_string(name);
      login[id] = used.insert(text).second ? text : "";
      planner.know({id, {login[id], "n", "", none}, PersonState::Active, true});
      planner.know_id(mis(std::to_string(id)), id);
    }
    for (const auto& [id, name] : now)
      planner.add(2u + id, {mis(std::to_string(id))}, {"l" + std::to_string(name), "n", "", none});
    const RosterPlan plan = planner.finish();
    std::set<std::size_t> faulty;
    for (const auto& fault : plan.faults) faulty.insert(fault.line);
    RC_ASSERT(plan.joins.size() + plan.changes.size() + plan.unchanged + faulty.size() ==
              now.size());
    for (const PersonKey gone : plan.leavers) RC_ASSERT(!now.contains(std::uint8_t(gone)));
    if (!plan.faults.empty()) return;
    for (const auto& change : plan.changes) login[change.person] = change.entry.login;
    for (const PersonKey person : plan.lose_login) login[person] = "";
    PersonKey next = 1000;
    for (const auto& join : plan.joins) login[next++] = join.entry.login;
    std::set<std::string> owners;
    for (const auto& [person, text] : login) RC_ASSERT(text.empty() || owners.insert(text).second);
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace assent
