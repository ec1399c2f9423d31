// What somebody else changed in the output is found, recorded and put right; a partial reading and
// strangers change nothing.

#include "core/formats/json.h"
#include "tests/unit/app/reconciler_fixture.h"

namespace assent::reconciler_test {
namespace {

using LevelDrift = ReconcilerTest;

TEST_F(LevelDrift, WhatSomebodyElseChangedIsRecordedAndPutRight) {
  const PersonRow ann = settled("ann", "ks3");
  (void)settled("bob", "ks3");
  groups.set("id-ann", {"staff"});
  const auto records = desk.records();
  const Repair done = repair(reconciler).value();
  EXPECT_EQ(done.found.people, 2u);
  EXPECT_EQ(done.repaired, 1u);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks3"});
  ASSERT_EQ(desk.records(), records + 1);
  const auto record = desk.store.ledger.record(records).value();
  EXPECT_EQ(record.type, "level.drift");
  const Value body = parse_json(record.body).value();
  EXPECT_EQ(*body.find("astray")->integer(), 1);
  const Value& named = body.find("people")->array()->at(0);
  EXPECT_EQ(*named.find("id")->text(), to_text(ann.id));
  EXPECT_EQ(named.find("held")->array()->at(0), Value("staff"));
  EXPECT_EQ(*named.find("wanted")->text(), "ks3");
  EXPECT_EQ(repair(reconciler).value().found.astray.size(), 0u);
  EXPECT_EQ(desk.records(), records + 1);
}

TEST_F(LevelDrift, ComparingChangesNothing) {
  (void)settled("ann", "ks3");
  groups.set("id-ann", {"ks3", "staff"});
  const auto before = disk->read();
  const Drift drift = reconciler.compare().value();
  ASSERT_EQ(drift.astray.size(), 1u);
  EXPECT_EQ(drift.astray[0].held.size(), 2u);
  EXPECT_EQ(groups.held_by("id-ann"), (Levels{"ks3", "staff"}));
  EXPECT_EQ(disk->read(), before);
}

// So that it need not look for them again.
TEST_F(LevelDrift, WhoIsPutRightIsCalledWhatTheOutputCallsThem) {
  (void)settled("ann", "ks3");
  (void)settled("bob", "ks3");
  groups.set("id-ann", {"staff"});
  groups.set("id-bob", {});
  const Drift drift = reconciler.compare().value();
  ASSERT_EQ(drift.astray.size(), 2u);
  EXPECT_EQ(to_move(drift.astray[0]).name, "id-ann");
  EXPECT_EQ(to_move(drift.astray[1]).name, "");
}

TEST_F(LevelDrift, APartialReadingChangesNothing) {
  (void)settled("ann", "ks3");
  (void)settled("bob", "ks3");
  groups.set("id-bob", {});
  groups.fail_with(Fault::Partial);
  const auto records = desk.records(), operations = groups.operations();
  EXPECT_EQ(repair(reconciler).error().code, Code::Unavailable);
  EXPECT_EQ(desk.records(), records);
  EXPECT_EQ(groups.operations(), operations);
}

TEST_F(LevelDrift, NothingIsPutRightThatIsNotRecorded) {
  (void)settled("ann", "ks3");
  groups.set("id-ann", {"staff"});
  refuse_writing = true;
  EXPECT_FALSE(repair(reconciler));
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"staff"});
}

TEST_F(LevelDrift, StrangersAreCountedAndLeftAlone) {
  (void)settled("ann", "ks3");
  groups.add_person("visitor");
  groups.set("visitor", {"staff"});
  const Repair done = repair(reconciler).value();
  EXPECT_EQ(done.found.strangers, 1u);
  EXPECT_EQ(done.found.astray.size(), 0u);
  EXPECT_EQ(groups.held_by("visitor"), Levels{"staff"});
}

TEST_F(LevelDrift, WhoWaitsIsNotAstray) {
  const PersonRow ann = settled("ann", "unsigned");
  want(ann.key, "ks3");
  const Drift drift = reconciler.compare().value();
  EXPECT_EQ(drift.waiting, 1u);
  EXPECT_EQ(drift.astray.size(), 0u);
}

TEST_F(LevelDrift, WhomTheOutputDoesNotKnowDoesNotWait) {
  const PersonRow made_by_hand = desk.student("ict");
  want(made_by_hand.key, "staff");
  const Drift drift = reconciler.compare().value();
  EXPECT_EQ(drift.unknown, 1u);
  EXPECT_EQ(drift.waiting, 0u);
}

TEST_F(LevelDrift, WhatCannotBePutRightIsRecordedOnceUntilItIsAnother) {
  (void)settled("ann", "ks3");
  groups.set("id-ann", {"staff"});
  groups.fail_with(Fault::Denied);
  const auto records = desk.records();
  for (int i = 0; i < 3; ++i) {
    const Repair done = repair(reconciler).value();
    EXPECT_EQ(done.failed, 1u);
    EXPECT_EQ(done.error, "insufficient access");
  }
  EXPECT_EQ(desk.records(), records + 1);
  groups.set("id-ann", {"ks4"});
  (void)repair(reconciler).value();
  EXPECT_EQ(desk.records(), records + 2);
}

// Between two batches of a repair people go on signing.
TEST_F(LevelDrift, NobodyIsPutBackWhoWasGivenAnotherLevelSince) {
  const PersonRow ann = settled("ann", "unsigned"), bob = settled("bob", "unsigned");
  groups.set("id-ann", {});
  groups.set("id-bob", {});
  groups.batch_max = 1;
  Repair begun = reconciler.begin_repair().value();
  want(ann.key, "ks3");
  drain(reconciler);
  while (begun.left() > 0) reconciler.go_on(begun);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks3"});
  EXPECT_EQ(groups.held_by("id-bob"), Levels{"unsigned"});
  EXPECT_EQ(begun.repaired, 1u);
}

TEST_F(LevelDrift, ARepairEndsWhenNothingAnswers) {
  (void)settled("ann", "ks3");
  groups.set("id-ann", {});
  Repair begun = reconciler.begin_repair().value();
  groups.fail_with(Fault::Away);
  reconciler.go_on(begun);
  EXPECT_TRUE(begun.away);
  EXPECT_EQ(begun.failed, 1u);
}

}  // namespace
}  // namespace assent::reconciler_test
