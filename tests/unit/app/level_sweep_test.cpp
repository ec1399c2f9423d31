// Looking at everybody again: in batches, over restarts, and never past the circuit breaker.

#include "service/app/level_sweep.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/support/level_school.h"

namespace assent {
namespace {

using support::LevelSchool;
using support::MemoryDisk;
using support::VersionText;

struct LevelSweep : testing::Test {
  // Pupils who owe nothing yet and have their level.
  std::vector<PersonKey> settled(std::size_t count) {
    const auto people = desk.pupils(count, groups);
    desk.sweep_is_due("start");
    desk.sweep_all();
    return people;
  }
  std::size_t at(const std::vector<PersonKey>& people, const std::string& level) {
    std::size_t count = 0;
    for (const PersonKey person : people) count += desk.level(person) == level;
    return count;
  }
  std::optional<std::size_t> held() {
    const auto sweep = desk.sweeps.held(1).value();
    return sweep ? sweep->held : std::nullopt;
  }

  std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>();
  LevelSchool desk{disk};
  support::FakeGroups groups;
};

TEST_F(LevelSweep, WalksEverybodyInBatchesAndGoes) {
  const auto people = desk.pupils(LevelSweeps::kBatch + 20, groups);
  desk.sweep_is_due("start");
  EXPECT_TRUE(desk.sweeps.step(desk.clock.time).value());
  EXPECT_EQ(at(people, "ks3"), LevelSweeps::kBatch);
  EXPECT_EQ(desk.store.sweeps.all().value().at(0).cursor, people[LevelSweeps::kBatch - 1]);
  EXPECT_TRUE(desk.sweeps.step(desk.clock.time).value());
  EXPECT_EQ(at(people, "ks3"), people.size());
  EXPECT_TRUE(desk.state(people[0]).swept);
  EXPECT_TRUE(desk.store.sweeps.all().value().empty());
  EXPECT_FALSE(desk.sweeps.step(desk.clock.time).value());
}

TEST_F(LevelSweep, GoesOnWhereItWasAfterARestart) {
  const auto people = desk.pupils(LevelSweeps::kBatch + 20, groups);
  desk.sweep_is_due("publish student v1");
  (void)desk.sweeps.step(desk.clock.time).value();
  LevelSchool again(disk);
  EXPECT_TRUE(again.sweeps.step(again.clock.time).value());
  EXPECT_EQ(again.level(people.back()), "ks3");
  EXPECT_TRUE(again.store.sweeps.all().value().empty());
}

TEST_F(LevelSweep, IsNotDueBeforeItsTime) {
  desk.change([&](Transaction& transaction, Time now) {
    return put_sweep(transaction, desk.school(), now + hours{1}, "student v1 enforced");
  });
  EXPECT_FALSE(desk.sweeps.step(desk.clock.time).value());
  EXPECT_EQ(desk.sweeps.next_due().value(), desk.clock.time + hours{1});
  desk.clock.time += hours{1};
  EXPECT_TRUE(desk.sweeps.step(desk.clock.time).value());
}

TEST_F(LevelSweep, WritesNobodysRowWhereNothingChanged) {
  const auto people = settled(5);
  const auto before = desk.state(people[0]);
  desk.clock.time += hours{1};
  desk.sweep_is_due("publish staff v2");
  desk.sweep_all();
  EXPECT_EQ(desk.state(people[0]), before);
}

TEST_F(LevelSweep, ARosterThatMovesAFewPassesByItself) {
  auto people = settled(100);
  people.resize(5);
  desk.roster_says(people, "ks4");
  desk.sweep_all();
  EXPECT_EQ(at(people, "ks4"), 5u);
}

TEST_F(LevelSweep, ASmallSchoolIsNotHeldForLessThanTen) {
  const auto people = settled(9);
  desk.roster_says(people, "ks4");
  desk.sweep_all();
  EXPECT_EQ(at(people, "ks4"), 9u);
}

TEST_F(LevelSweep, ARosterThatMovesManyWaitsForItsNumber) {
  auto people = settled(100);
  people.resize(12);
  desk.roster_says(people, "ks4");
  desk.sweep_all();
  EXPECT_EQ(held(), 12u);
  EXPECT_EQ(at(people, "ks4"), 0u);
  EXPECT_EQ(desk.sweeps.next_due().value(), std::nullopt);  // nothing to wake up for
  EXPECT_EQ(desk.confirm(desk.ict, 11).error().code, Code::Conflict);
  const auto records = desk.records();
  EXPECT_TRUE(desk.confirm(desk.ict, 12).value().passed);
  EXPECT_EQ(desk.records(), records + 1);
  const auto record = desk.store.ledger.record(records).value();
  EXPECT_EQ(record.type, "level.confirm");
  EXPECT_EQ(*parse_json(record.body)->find("moves")->integer(), 12);
  EXPECT_EQ(*parse_json(record.body)->find("by")->find("login")->text(), "ict");
  desk.sweep_all();
  EXPECT_EQ(at(people, "ks4"), 12u);
  EXPECT_EQ(desk.confirm(desk.ict, 12).error().code, Code::Conflict);
}

TEST_F(LevelSweep, MoreThanAQuarterNeedsTwoPeople) {
  const auto people = settled(40);
  desk.roster_says(people, "ks4");
  desk.sweep_all();
  EXPECT_FALSE(desk.confirm(desk.ict, 40).value().passed);
  EXPECT_EQ(desk.confirm(desk.ict, 40).error().code, Code::Denied);
  desk.sweep_all();
  EXPECT_EQ(at(people, "ks4"), 0u);
  EXPECT_TRUE(desk.confirm(desk.other_admin(), 40).value().passed);
  desk.sweep_all();
  EXPECT_EQ(at(people, "ks4"), 40u);
}

TEST_F(LevelSweep, TheFirstOfTwoWordsOutlivesARestart) {
  const auto people = settled(40);
  desk.roster_says(people, "ks4");
  desk.sweep_all();
  (void)desk.confirm(desk.ict, 40).value();
  LevelSchool again(disk);
  EXPECT_TRUE(again.confirm(again.other_admin(), 40).value().passed);
}

// A26: otherwise the next publication, or a restart, would make the moves that are held.
TEST_F(LevelSweep, NoOtherSweepMakesTheMovesThatAreHeld) {
  const auto people = settled(40);
  desk.sweep_is_due("publish student v2");
  desk.roster_says(people, "ks4");
  desk.sweep_is_due("publish student v3");
  ASSERT_TRUE(desk.sweeps.begin(desk.clock.time));
  desk.sweep_all();
  EXPECT_EQ(at(people, "ks4"), 0u);
  (void)desk.confirm(desk.ict, 40).value();
  (void)desk.confirm(desk.other_admin(), 40).value();
  desk.sweep_all();
  EXPECT_EQ(at(people, "ks4"), 40u);
  EXPECT_TRUE(desk.store.sweeps.all().value().empty());
}

TEST_F(LevelSweep, ACorrectedRosterTakesThePlaceOfTheOneThatIsHeld) {
  const auto people = settled(40);
  desk.roster_says(people, "ks4");
  desk.sweep_all();
  EXPECT_EQ(held(), 40u);
  desk.roster_says(people, "ks3");
  desk.sweep_all();
  EXPECT_EQ(held(), std::nullopt);
  EXPECT_TRUE(desk.store.sweeps.all().value().empty());
  EXPECT_EQ(desk.state(people[0]).change, 1u);
}

TEST_F(LevelSweep, AConfirmedNumberCoversNoLaterRoster) {
  const auto people = settled(40);
  desk.roster_says({people.begin(), people.begin() + 10}, "ks4");
  desk.sweep_all();
  EXPECT_TRUE(desk.confirm(desk.ict, 10).value().passed);
  desk.roster_says(people, "ks4");
  desk.sweep_all();
  EXPECT_EQ(held(), 40u);
  EXPECT_EQ(at(people, "ks4"), 0u);
}

// A26: what a person did themselves never waits for anybody's word.
TEST_F(LevelSweep, AnAcceptancePassesWhileARosterIsHeld) {
  desk.publish("student", 1);
  const auto people = settled(40);
  EXPECT_EQ(at(people, "unsigned"), 40u);
  for (std::size_t i = 0; i < 20; ++i)
    desk.says(desk.store.people.person(people[i]).value(), Act::Agree);
  desk.roster_says(people, "ks4");
  desk.sweep_all();
  ASSERT_EQ(held(), 20u);  // those who signed would change their level
  desk.says(desk.store.people.person(people[30]).value(), Act::Agree);
  EXPECT_EQ(desk.level(people[30]), "ks4");
  auto reconciler = desk.reconciler(groups);
  while (reconciler.run(desk.clock.time).value().people > 0) continue;
  EXPECT_EQ(groups.held_by("id-p31"), std::set<std::string>{"ks4"});
}

TEST_F(LevelSweep, PeopleWhoLeftLoseTheirLevel) {
  const auto people = settled(3);
  PersonRow gone = desk.store.people.person(people[0]).value();
  gone.state = PersonState::Left;
  desk.put(gone);
  desk.sweep_is_due("roster csv", true);
  desk.sweep_all();
  EXPECT_EQ(desk.level(people[0]), "");
  EXPECT_EQ(desk.level(people[1]), "ks3");
}

TEST_F(LevelSweep, AStartLooksAtEverybodyOnce) {
  const auto people = desk.pupils(2, groups);
  ASSERT_TRUE(desk.sweeps.begin(desk.clock.time));
  ASSERT_TRUE(desk.sweeps.begin(desk.clock.time));
  EXPECT_EQ(desk.store.sweeps.all().value().size(), 1u);  // and none for oakfield
  desk.sweep_all();
  EXPECT_EQ(at(people, "ks3"), 2u);
}

TEST_F(LevelSweep, EachYearlyRenewalIsLookedAtOnce) {
  desk.clock.time = parse_rfc3339("2026-08-31T12:00:00.000Z").value();
  VersionText text;
  text.renew = "09-01";
  desk.publish("student", 1, text);
  desk.sweep_all();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(desk.sweeps.plan_renewals(desk.clock.time));
  const auto sweeps = desk.store.sweeps.all().value();
  ASSERT_EQ(sweeps.size(), 1u);
  EXPECT_EQ(to_rfc3339(sweeps[0].due), "2026-09-01T00:00:00.000Z");
  desk.clock.time += days{1};
  ASSERT_TRUE(desk.sweeps.plan_renewals(desk.clock.time));  // not past the one that is due
  desk.sweep_all();
  ASSERT_TRUE(desk.sweeps.plan_renewals(desk.clock.time));
  EXPECT_EQ(to_rfc3339(desk.store.sweeps.all().value().at(0).due), "2027-09-01T00:00:00.000Z");
}

}  // namespace
}  // namespace assent
