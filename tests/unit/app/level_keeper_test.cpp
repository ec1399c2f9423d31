// The thread that keeps levels in step: it is woken, it waits where nothing answers, and it stops.

#include "service/app/level_keeper.h"

#include <gtest/gtest.h>

#include "tests/support/lent_output.h"
#include "tests/support/level_school.h"

namespace assent {
namespace {

using Fault = support::FakeOutput::Fault;
using support::LevelSchool;
using Levels = std::set<std::string>;

// Goes on by itself, so that waits come to an end.
struct RunningClock final : Clock {
  Time now() const override {
    const auto gone = std::chrono::steady_clock::now() - begun;
    return Time{days{20'000}} + std::chrono::duration_cast<milliseconds>(gone) + ahead.load();
  }
  const std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
  std::atomic<milliseconds> ahead{milliseconds{0}};
};

struct LevelKeeperTest : testing::Test {
  LevelKeeperTest() {
    LevelKeeper::Outputs outputs;
    outputs[1] = std::make_unique<support::LentOutput>(groups);
    outputs[2] =
        std::make_unique<support::LentOutput>(groups);  // oakfield has no table: it is left alone
    keeper = std::make_unique<LevelKeeper>(
        LevelKeeper::Needs{*desk.registry, desk.store.people, desk.store.levels, *desk.writer,
                           desk.sweeps, desk.calendar, clock, desk.random},
        std::move(outputs));
    desk.writer->observe(keeper->observer());
  }

  void expect_soon(const std::string& login, const Levels& levels) {
    const auto deadline = std::chrono::steady_clock::now() + seconds{20};
    while (groups.held_by(LevelSchool::id_of(login)) != levels &&
           std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
    EXPECT_EQ(groups.held_by(LevelSchool::id_of(login)), levels);
  }
  Result<Repair> check(bool repair, SchoolKey school = 1) {
    return LevelSchool::wait<Repair>([&](auto then) { keeper->check(school, repair, then); });
  }

  LevelSchool desk;
  RunningClock clock;
  support::FakeGroups groups;
  std::unique_ptr<LevelKeeper> keeper;
};

TEST_F(LevelKeeperTest, AnAcceptanceReachesTheOutput) {
  desk.publish("student", 1);
  const PersonRow ann = desk.pupil("ann", groups);
  keeper->start();
  expect_soon("ann", {"unsigned"});
  desk.says(ann, Act::Agree);
  expect_soon("ann", {"ks3"});
}

TEST_F(LevelKeeperTest, AnOutputThatIsAwayIsNotAskedAgainAndAgainAndIsFoundWhenItIsBack) {
  groups.fail_with(Fault::Away);
  (void)desk.pupil("ann", groups);
  keeper->start();
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(check(false));  // each is a round of the thread
  EXPECT_LE(groups.operations(), 3u);
  groups.fail_with(Fault::None);
  expect_soon("ann", {"ks3"});
}

TEST_F(LevelKeeperTest, ChecksWhenItIsAsked) {
  (void)desk.pupil("ann", groups);
  keeper->start();
  expect_soon("ann", {"ks3"});
  EXPECT_TRUE(check(false).value().found.astray.empty());  // its first round is over
  groups.set("id-ann", {"staff"});
  EXPECT_EQ(check(false).value().found.astray.size(), 1u);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"staff"});
  EXPECT_EQ(check(true).value().repaired, 1u);
  EXPECT_EQ(groups.held_by("id-ann"), Levels{"ks3"});
  EXPECT_EQ(keeper->status(1)->repaired, 1u);
  EXPECT_EQ(check(true, 2).error().code, Code::NotFound);
  EXPECT_FALSE(keeper->status(2));
}

// However much others change, and although its own moves are changes too.
TEST_F(LevelKeeperTest, AChangeByOthersIsLookedAtSoonAndNotAgainAndAgain) {
  (void)desk.pupil("ann", groups);
  keeper->start();
  expect_soon("ann", {"ks3"});
  EXPECT_TRUE(check(false).value().found.astray.empty());
  groups.set("id-ann", {"staff"});
  clock.ahead = LevelKeeper::kForeignEvery;
  keeper->changed_outside(1);
  keeper->changed_outside(2);
  expect_soon("ann", {"ks3"});
  const Time looked = keeper->status(1)->last_check.value();
  keeper->changed_outside(1);
  (void)check(false);  // a round later
  EXPECT_EQ(keeper->status(1)->last_check.value(), looked);
}

TEST_F(LevelKeeperTest, SaysWhatAnOutputMet) {
  (void)desk.pupil("ann", groups);
  groups.fail_with(Fault::Partial);
  keeper->start();
  EXPECT_EQ(check(true).error().code, Code::Unavailable);
  EXPECT_NE(keeper->status(1)->error, "");
}

TEST_F(LevelKeeperTest, AnswersWhoAskedWhenItStops) {
  std::promise<Result<Repair>> asked;
  keeper->check(1, false, [&](Result<Repair> result) { asked.set_value(std::move(result)); });
  keeper.reset();  // it never ran
  EXPECT_EQ(asked.get_future().get().error().code, Code::Unavailable);
}

TEST_F(LevelKeeperTest, TakesNoMoreQuestionsThanItCanAnswer) {
  int refused = 0;
  for (std::size_t i = 0; i < LevelKeeper::kAskedMax + 2; ++i)
    keeper->check(1, false, [&](const Result<Repair>& result) { refused += !result; });
  EXPECT_EQ(refused, 2);
  keeper.reset();  // answers the others too
  EXPECT_EQ(refused, int(LevelKeeper::kAskedMax) + 2);
}

// The writer goes on after the keeper has gone.
TEST_F(LevelKeeperTest, StopsAtOnceAndIsNotMissed) {
  const PersonRow ann = desk.pupil("ann", groups);
  keeper->start();
  keeper.reset();
  desk.sweep_is_due("start");
  desk.sweep_all();
  EXPECT_EQ(desk.level(ann.key), "ks3");
}

}  // namespace
}  // namespace assent
