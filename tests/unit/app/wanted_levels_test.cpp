// A level follows from what people answered, in the transaction of the answer or not at all.

#include "service/app/wanted_levels.h"

#include <gtest/gtest.h>

#include "tests/support/level_school.h"

namespace assent {
namespace {

using support::LevelSchool;
using support::MemoryDisk;
using support::VersionText;

std::vector<std::string> causes(const LevelSchool& desk) {
  std::vector<std::string> out;
  for (const SweepRow& sweep : desk.store.sweeps.all().value()) out.push_back(sweep.cause);
  return out;
}

struct WantedLevels : testing::Test {
  LevelSchool desk;
  support::FakeGroups groups;
};

TEST_F(WantedLevels, AnAcceptanceAtTheGateOpensTheirOwnLevel) {
  desk.publish("student", 1);
  const PersonRow ann = desk.pupil("ann", groups);
  const DeviceRow device = desk.device("LIB-01", 11);
  desk.sweep_all();
  EXPECT_EQ(desk.level(ann.key), "unsigned");
  const Shown shown = desk.check(device, "ann").shown.value();
  (void)desk.answer(device, desk.question(shown, {{"student", Act::Agree}}, 11));
  EXPECT_EQ(desk.level(ann.key), "ks3");
  EXPECT_FALSE(desk.state(ann.key).swept);
  EXPECT_NE(desk.state(ann.key).why.find("student"), std::string::npos);
}

TEST_F(WantedLevels, ANoLeadsToTheLevelThatTheSchoolSays) {
  desk.publish("student", 1);
  const PersonRow ann = desk.pupil("ann", groups);
  desk.says(ann, Act::Decline);
  EXPECT_EQ(desk.level(ann.key), "supervised");
  desk.says(ann, Act::Agree);
  EXPECT_EQ(desk.level(ann.key), "ks3");
  desk.says(ann, Act::Withdraw);
  EXPECT_EQ(desk.level(ann.key), "unsigned");
}

TEST_F(WantedLevels, AClassThatSignsIsMovedAtOnce) {
  desk.publish("student", 1);
  const PersonRow ann = desk.pupil("ann", groups), bob = desk.pupil("bob", groups);
  (void)LevelSchool::wait<ClassSigned>([&](auto then) {
    desk.behalf.sign_class(desk.ict, desk.school(),
                           {"9B", {"student"}, "read aloud", "", {"ann", "bob"}}, then);
  }).value();
  EXPECT_EQ(desk.level(ann.key), "ks3");
  EXPECT_EQ(desk.level(bob.key), "ks3");
}

TEST_F(WantedLevels, AnAnswerThatWasNotWrittenMovesNobody) {
  const auto disk = std::make_shared<MemoryDisk>();
  std::atomic<bool> failing = false;
  LevelSchool broken(disk, [&](store::FaultPoint point) {
    return failing && point == store::FaultPoint::Statement ? store::Fault::Lost
                                                            : store::Fault::None;
  });
  broken.publish("student", 1);
  const PersonRow ann = broken.pupil("ann", groups);
  broken.sweep_all();
  failing = true;
  const auto said = LevelSchool::wait<Written>([&](auto then) {
    broken.behalf.answer(broken.ict, broken.school(), ann,
                         {Act::Agree, {"student"}, "paper", "", {}}, then);
  });
  EXPECT_FALSE(said);
  EXPECT_EQ(broken.level(ann.key), "unsigned");
}

TEST_F(WantedLevels, ASchoolWithoutATableHasNoLevelsAndNoSweeps) {
  desk.publish("student", 1, {}, 2);
  const PersonRow ann = desk.student("ann", 2);
  (void)LevelSchool::wait<Written>([&](auto then) {
    desk.behalf.answer(desk.ict, desk.school(2), ann, {Act::Agree, {"student"}, "paper", "", {}},
                       then);
  }).value();
  EXPECT_EQ(desk.level(ann.key), "none");
  EXPECT_TRUE(causes(desk).empty());
}

// A6: publishing never stops a lesson.
TEST_F(WantedLevels, PublishingMovesNobodyToUnsigned) {
  desk.publish("student", 1);
  const PersonRow ann = desk.pupil("ann", groups);
  desk.says(ann, Act::Agree);
  VersionText changed;
  changed.rules = {{"own", "I use my own login and nobody else's."}};
  desk.publish("student", 2, changed);
  desk.sweep_all();
  EXPECT_EQ(desk.check(desk.device("LIB-01", 11), "ann").verdict, Verdict::Ask);
  EXPECT_EQ(desk.level(ann.key), "ks3");
  EXPECT_EQ(desk.state(ann.key).change, 1u);
}

TEST_F(WantedLevels, APublicationIsLookedAtWheneverItMovesPeopleByItself) {
  desk.clock.time = parse_rfc3339("2026-11-20T08:00:00.000Z").value();
  VersionText text;
  text.effective = "2026-11-21";
  text.enforced_from = "2026-12-01";
  desk.publish("student", 1, text);
  EXPECT_EQ(causes(desk), std::vector<std::string>(2, "publish student v1"));
  const auto sweeps = desk.store.sweeps.all().value();
  EXPECT_EQ(to_rfc3339(sweeps[0].due), "2026-11-21T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(sweeps[1].due), "2026-12-01T00:00:00.000Z");
  EXPECT_FALSE(sweeps[0].from_roster);
}

TEST_F(WantedLevels, WhoNeverSignedIsUnsignedTheDayAfterWithoutAnybodysDoing) {
  desk.clock.time = parse_rfc3339("2026-11-20T08:00:00.000Z").value();
  VersionText text;
  text.effective = "2026-11-20";
  desk.publish("student", 1, text);
  const PersonRow ann = desk.pupil("ann", groups);
  desk.sweep_all();
  EXPECT_EQ(desk.level(ann.key), "ks3");
  desk.clock.time = desk.sweeps.next_due().value().value();
  EXPECT_EQ(to_rfc3339(desk.clock.time), "2026-11-21T00:00:00.000Z");
  desk.sweep_all();
  EXPECT_EQ(desk.level(ann.key), "unsigned");
}

TEST_F(WantedLevels, ARetiredPolicyIsOwedNoLonger) {
  desk.publish("student", 1);
  const PersonRow ann = desk.pupil("ann", groups);
  desk.sweep_all();
  EXPECT_EQ(desk.level(ann.key), "unsigned");
  (void)LevelSchool::wait<Time>([&](auto then) {
    desk.publisher.retire(desk.ict, desk.school(), {"student"}, "merged", then);
  }).value();
  desk.sweep_all();
  EXPECT_EQ(desk.level(ann.key), "ks3");
}

TEST_F(WantedLevels, TwoEntriesOfOnePersonHaveOneLevel) {
  const PersonRow old = desk.pupil("old", groups);
  PersonRow ann = desk.pupil("ann", groups);
  desk.sweep_is_due("start");
  desk.sweep_all();
  ann.state = PersonState::Left;  // two who are active are not linked
  desk.put(ann);
  Identities identities(
      {*desk.registry, desk.store.people, desk.store.history, *desk.writer, desk.random});
  (void)LevelSchool::wait<PersonRow>([&](auto then) {
    identities.link(desk.ict, 1, old.key, ann.key, "one person", then);
  }).value();
  EXPECT_EQ(desk.level(old.key), "");
  EXPECT_EQ(desk.level(ann.key), "ks3");
}

}  // namespace
}  // namespace assent
