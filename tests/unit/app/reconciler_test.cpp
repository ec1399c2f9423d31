// What is wanted comes to be in the output, whatever happens on the way; nothing else does.

#include "service/app/level_retry.h"
#include "tests/unit/app/reconciler_fixture.h"

namespace assent::reconciler_test {
namespace {

TEST_F(ReconcilerTest, PutsAPersonIntoTheirLevelAndSaysWhen) {
  const PersonRow ann = settled("ann", "ks3");
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks3"});
  EXPECT_EQ(desk.state(ann.key).applied_level, "ks3");
  EXPECT_EQ(desk.state(ann.key).applied, desk.clock.time);
  EXPECT_EQ(waiting(), 0u);
}

TEST_F(ReconcilerTest, GivesTheNewLevelBeforeItTakesTheOld) {
  const PersonRow ann = settled("ann", "unsigned");
  want(ann.key, "ks3");
  EXPECT_EQ(reconciler.run(desk.clock.time).value().done, 1u);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks3"});
  EXPECT_FALSE(groups.left_anybody_out());
}

TEST_F(ReconcilerTest, WithNothingToDoItDoesNothing) {
  (void)settled("ann", "ks3");
  const auto operations = groups.operations();
  const auto before = disk->read();
  EXPECT_EQ(reconciler.run(desk.clock.time).value().people, 0u);
  EXPECT_EQ(repair(reconciler).value().repaired, 0u);
  EXPECT_EQ(groups.operations(), operations);
  EXPECT_EQ(disk->read(), before);  // not one transaction
}

TEST_F(ReconcilerTest, WhatTheOutputHoldsAlreadyCostsNoOperation) {
  const PersonRow ann = desk.pupil("ann", groups);
  groups.set("id-ann", {"ks3"});
  want(ann.key, "ks3");
  drain(reconciler);
  EXPECT_EQ(groups.operations(), 0u);
  EXPECT_EQ(waiting(), 0u);
}

// However they came to have others: by hand, before there was an Assent.
TEST_F(ReconcilerTest, AtFirstEveryOtherLevelIsTaken) {
  const PersonRow ann = desk.pupil("ann", groups);
  groups.set("id-ann", {"staff", "ks4"});
  want(ann.key, "unsigned");
  drain(reconciler);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"unsigned"});
}

TEST_F(ReconcilerTest, ALevelThatIsChangedBackIsLeftAlone) {
  const PersonRow ann = settled("ann", "ks3");
  const auto operations = groups.operations();
  want(ann.key, "unsigned");
  want(ann.key, "ks3");
  drain(reconciler);
  EXPECT_EQ(groups.operations(), operations);
  EXPECT_EQ(waiting(), 0u);
}

// Killed when the directory has done it and nobody has written it down; meanwhile it is wanted
// otherwise. The next process ends with one level a person.
TEST_F(ReconcilerTest, KilledBetweenTheMoveAndItsRecordItConverges) {
  const PersonRow ann = settled("ann", "unsigned");
  want(ann.key, "ks3");
  refuse_writing = true;
  EXPECT_FALSE(reconciler.run(desk.clock.time));
  refuse_writing = false;
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks3"});
  EXPECT_EQ(desk.state(ann.key).applied_level, "unsigned");
  want(ann.key, "ks4");
  Reconciler next = desk.reconciler(groups);  // knows nothing of the one before
  drain(next);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks4"});
  const auto operations = groups.operations();
  EXPECT_EQ(drain(next), 0u);
  EXPECT_EQ(groups.operations(), operations);
}

TEST_F(ReconcilerTest, AfterARecordThatWasNotWrittenItGoesOnByItself) {
  const PersonRow ann = settled("ann", "unsigned");
  want(ann.key, "ks3");
  refuse_writing = true;
  EXPECT_FALSE(reconciler.run(desk.clock.time));
  refuse_writing = false;
  want(ann.key, "ks4");
  drain(reconciler);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks4"});
}

TEST_F(ReconcilerTest, AnOutcomeThatNobodyKnowsIsTriedAgainAndNeverLost) {
  for (const Fault fault : {Fault::Away, Fault::Unconfirmed}) {
    const PersonRow ann = settled(fault == Fault::Away ? "ann" : "bob", "unsigned");
    want(ann.key, "ks3");
    groups.fail_with(fault);
    const Pass pass = reconciler.run(desk.clock.time).value();
    EXPECT_TRUE(pass.away);
    EXPECT_EQ(desk.state(ann.key).attempts, 1u);
    EXPECT_EQ(desk.state(ann.key).error, "no answer");
    EXPECT_EQ(reconciler.run(desk.clock.time).value().people, 0u);  // not at once
    groups.fail_with(Fault::None);
    want(ann.key, "ks4");  // meanwhile
    desk.clock.time += kRetryFirst;
    drain(reconciler);
    EXPECT_EQ(groups.held_by(LevelSchool::id_of(ann.login)), Levels{"ks4"});
    EXPECT_EQ(desk.state(ann.key).error, "");
  }
}

TEST_F(ReconcilerTest, AnOutputThatIsBackIsFoundWithinTenSecondsHoweverLongItWasAway) {
  const PersonRow ann = desk.pupil("ann", groups);
  want(ann.key, "ks3");
  groups.fail_with(Fault::Away);
  for (int i = 0; i < 20; ++i) {
    (void)reconciler.run(desk.clock.time).value();
    desk.clock.time += minutes{1};
  }
  (void)reconciler.run(desk.clock.time).value();
  groups.fail_with(Fault::None);
  desk.clock.time += seconds{10};
  EXPECT_EQ(reconciler.run(desk.clock.time).value().done, 1u);
}

TEST_F(ReconcilerTest, ARefusalIsKeptAndTriedAgainEverMoreSlowly) {
  const PersonRow ann = desk.pupil("ann", groups);
  want(ann.key, "ks3");
  groups.fail_with(Fault::Denied);
  for (int i = 0; i < 10; ++i) {
    EXPECT_FALSE(reconciler.run(desk.clock.time).value().away);
    desk.clock.time += minutes{2};
  }
  EXPECT_EQ(desk.state(ann.key).error, "insufficient access");
  EXPECT_EQ(desk.state(ann.key).attempts, 10u);
  EXPECT_EQ(retry_after(Moved::Refused, 0), kRetryFirst);
  EXPECT_EQ(retry_after(Moved::Refused, 99), kRetryRefusedMax);
}

TEST_F(ReconcilerTest, SomebodyWhomTheOutputDoesNotKnowHoldsUpNobody) {
  const PersonRow ann = desk.student("ann");  // no id
  const PersonRow bob = desk.pupil("bob", groups), cat = desk.student("cat");
  desk.put(IdentityRow{"dir", "id-deleted", cat.key, 1});
  for (const PersonRow& row : {ann, bob, cat}) want(row.key, "ks3");
  const Pass pass = reconciler.run(desk.clock.time).value();
  EXPECT_EQ(pass.done, 1u);
  EXPECT_EQ(pass.failed, 2u);
  EXPECT_EQ(groups.held_by("id-bob"), Levels{"ks3"});
  EXPECT_EQ(desk.state(ann.key).error, "no id of dir is known for this person");
  EXPECT_EQ(desk.state(cat.key).error, "no such object");
  EXPECT_EQ(desk.store.levels.waiting(1, "dir").value().next_try, desk.clock.time + kRetryNobody);
}

TEST_F(ReconcilerTest, WhoLeftAndIsUnknownThereIsDone) {
  const PersonRow ann = settled("ann", "ks3");
  desk.put(IdentityRow{"dir", "id-ann", 0, 1});
  want(ann.key, "");
  EXPECT_EQ(reconciler.run(desk.clock.time).value().done, 1u);
  EXPECT_EQ(waiting(), 0u);
}

TEST_F(ReconcilerTest, PeopleWhoLeftAreInNoLevel) {
  const PersonRow ann = settled("ann", "ks3");
  want(ann.key, "");
  drain(reconciler);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{});
}

TEST_F(ReconcilerTest, APersonWithTwoAccountsHasTheLevelInBoth) {
  const PersonRow ann = desk.pupil("ann", groups);
  groups.add_person("id-ann-2");
  desk.put(IdentityRow{"dir", "id-ann-2", ann.key, 1});
  want(ann.key, "ks3");
  EXPECT_EQ(reconciler.run(desk.clock.time).value().done, 1u);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks3"});
  EXPECT_EQ(groups.held_by("id-ann-2"), Levels{"ks3"});
}

TEST_F(ReconcilerTest, ALevelThatTheSchoolHasNoLongerIsTakenAll) {
  const PersonRow ann = desk.pupil("ann", groups);
  want(ann.key, "ks3");
  desk.put(LevelAppliedRow{ann.key, 1, "old-ks3", desk.clock.time, "", {}});
  groups.set("id-ann", {"old-ks3"});
  want(ann.key, "ks4");
  drain(reconciler);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks4"});
}

// When it cannot be read, what people did is put through all the same.
TEST_F(ReconcilerTest, AnAcceptanceIsPutThroughWhereNothingCanBeRead) {
  const PersonRow ann = desk.pupil("ann", groups);
  groups.set("id-ann", {"unsigned"});
  groups.fail_with(Fault::Partial);
  want(ann.key, "ks3");
  EXPECT_EQ(reconciler.run(desk.clock.time).value().done, 1u);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks3"});
}

TEST_F(ReconcilerTest, TwoThousandAcceptancesDrainInTheirOrder) {
  const auto people = desk.pupils(2'000, groups);
  desk.change([&](Transaction& transaction, Time now) -> Status {
    for (std::size_t i = 0; i < people.size(); ++i)
      ASSENT_CHECK(transaction.put(LevelRow{people[people.size() - 1 - i], 1, "ks3", "rule 1",
                                            now + milliseconds{std::int64_t(i)}, false}));
    return {};
  });
  groups.batch_max = 10'000;
  EXPECT_EQ(drain(reconciler), 4u);  // never more than 500 at once
  std::vector<std::string> expected;
  for (std::size_t i = people.size(); i > 0; --i) expected.push_back("id-p" + std::to_string(i));
  EXPECT_EQ(groups.given().size(), expected.size());
  // By passes: in one of them the output decides.
  const auto given = groups.given();
  for (std::size_t at = 0; at < given.size(); at += Reconciler::kOwnMax)
    EXPECT_TRUE(std::is_permutation(given.begin() + std::ptrdiff_t(at),
                                    given.begin() + std::ptrdiff_t(at + Reconciler::kOwnMax),
                                    expected.begin() + std::ptrdiff_t(at)));
  EXPECT_EQ(waiting(), 0u);
}

TEST_F(ReconcilerTest, WhatPeopleDidDoesNotWaitForASweepOfThousands) {
  const auto people = desk.pupils(1'200, groups);
  desk.change([&](Transaction& transaction, Time now) -> Status {
    for (const PersonKey person : people)
      ASSENT_CHECK(transaction.put(LevelRow{person, 1, "ks3", "rule 1", now, true}));
    return {};
  });
  EXPECT_EQ(reconciler.run(desk.clock.time).value().people, 500u);
  const PersonRow ann = desk.pupil("ann", groups);
  desk.clock.time += seconds{1};
  want(ann.key, "ks4");
  EXPECT_EQ(reconciler.run(desk.clock.time).value().people, 1u);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks4"});
  groups.batch_max = 5'000;  // an output that likes them gets them all
  EXPECT_EQ(reconciler.run(desk.clock.time).value().people, 700u);
}

TEST_F(ReconcilerTest, WorksWhereALevelIsAnOrganisationalUnit) {
  support::FakeUnits units;
  Reconciler with = desk.reconciler(units);
  const PersonRow ann = desk.pupil("ann", units), bob = desk.pupil("bob", units);
  want(ann.key, "ks3");
  want(bob.key, "staff");
  drain(with);
  EXPECT_EQ(units.held_by("id-ann"), Levels{"ks3"});
  want(ann.key, "unsigned");
  want(bob.key, "");
  drain(with);
  EXPECT_EQ(units.held_by("id-ann"), Levels{"unsigned"});
  EXPECT_EQ(units.held_by("id-bob"), Levels{});
  units.set("id-ann", {"staff"});
  EXPECT_EQ(repair(with).value().repaired, 1u);
  EXPECT_EQ(units.held_by("id-ann"), Levels{"unsigned"});
}

}  // namespace
}  // namespace assent::reconciler_test
