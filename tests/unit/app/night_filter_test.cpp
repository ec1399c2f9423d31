// A filter that reads groups at night, and whoever said no today: kept out until it has seen it.
#include "service/app/night_filter.h"

#include "tests/support/level_school.h"
#include "tests/unit/app/answer_fixture.h"

namespace assent {
namespace {

constexpr Time kDay{days{20'000}};

LevelState applied(const std::string& level, Time at, const std::string& night = "") {
  LevelState state;
  state.applied_level = level;
  state.applied = at;
  state.night_level = night;
  return state;
}

TEST(NightFilter, GoesByWhatWasHeldWhenTheDayBegan) {
  EXPECT_EQ(seen_last_night(LevelState{}, kDay), "");
  EXPECT_EQ(seen_last_night(applied("ks3", kDay - milliseconds{1}, "ks4"), kDay), "ks3");
  EXPECT_EQ(seen_last_night(applied("ks3", kDay, "ks4"), kDay), "ks4");
  EXPECT_EQ(seen_last_night(applied("ks3", kDay + hours{10}), kDay), "");
}

struct NightFilterAtTheGate : testing::Test {
  explicit NightFilterAtTheGate(FilterDelay::Kind kind = FilterDelay::Kind::Nightly)
      : desk(std::make_shared<support::MemoryDisk>(), {}, school_that_sees(kind)) {
    desk.publish("student", 1);
    ann = desk.student("jsmith");
    device = desk.device("LIB-01", 11);
  }
  static std::vector<School> school_that_sees(FilterDelay::Kind kind) {
    auto schools = support::level_schools();
    schools.front().filter.sees_groups_within = {kind, {}};
    Outcome supervised;
    supervised.let_in = true;
    supervised.level = "supervised";
    auto& student = schools.front().policies[{"student"}];
    student.on_decline = student.on_help = supervised;
    return schools;
  }
  AnswerOutcome answer(Act act) {
    const Shown shown = desk.check(device, "jsmith").shown.value();
    return std::get<AnswerOutcome>(
        desk.answer(device, desk.question(shown, {{"student", act}}, 11)));
  }
  // What the reconciler does soon after, with a directory that has every level at once.
  void put_into_directory() {
    const LevelState now = desk.store.levels.of(ann.key).value().value();
    desk.put(LevelAppliedRow{ann.key,
                             now.change,
                             now.level,
                             desk.clock.time,
                             "",
                             {},
                             desk.calendar.day_of(desk.clock.time, "").value()});
  }
  // Signed, in the directory, and a night has passed; then a version that is asked.
  void signed_yesterday() {
    (void)answer(Act::Agree);
    put_into_directory();
    desk.clock.time += days{1};
    support::VersionText next;
    next.rules = {{"own", "Another rule altogether."}};
    next.enforced_from = "2025-01-01";  // "later" is still possible
    desk.publish("student", 2, next);
  }

  support::GateDesk desk;
  PersonRow ann;
  DeviceRow device;
};

TEST_F(NightFilterAtTheGate, WhoSaysNoIsKeptOutUntilItHasSeenThat) {
  signed_yesterday();
  const AnswerOutcome no = answer(Act::Decline);
  EXPECT_FALSE(no.let_in);
  EXPECT_EQ(no.level, "supervised");
  EXPECT_EQ(no.message,
            "The web filter learns of your answer tonight: you can log in from tomorrow morning, "
            "or now if you agree. Ask at the office.");
  put_into_directory();
  EXPECT_FALSE(answer(Act::Decline).let_in);  // the filter has not read it yet
  EXPECT_FALSE(answer(Act::Help).let_in);
  desk.clock.time += days{1};
  const AnswerOutcome next_day = answer(Act::Decline);
  EXPECT_TRUE(next_day.let_in);
  EXPECT_EQ(next_day.message, "Ask at the office.");
}

TEST_F(NightFilterAtTheGate, WhoThenAgreesComesIn) {
  signed_yesterday();
  EXPECT_FALSE(answer(Act::Decline).let_in);
  EXPECT_TRUE(answer(Act::Agree).let_in);
}

TEST_F(NightFilterAtTheGate, ALevelThatNeverReachedTheDirectoryKeepsNobodyOut) {
  EXPECT_TRUE(answer(Act::Decline).let_in);
}

TEST_F(NightFilterAtTheGate, ADirectoryThatWasAwayForDaysIsNotBelieved) {
  signed_yesterday();
  EXPECT_FALSE(answer(Act::Decline).let_in);  // and it never gets there
  desk.clock.time += days{2};
  EXPECT_FALSE(answer(Act::Decline).let_in);
}

TEST_F(NightFilterAtTheGate, WhoMayStillSayLaterComesIn) {
  signed_yesterday();
  EXPECT_TRUE(answer(Act::Defer).let_in);
}

struct QuickFilterAtTheGate : NightFilterAtTheGate {
  QuickFilterAtTheGate() : NightFilterAtTheGate(FilterDelay::Kind::AtNextLogin) {}
};

TEST_F(QuickFilterAtTheGate, ANoHasTheConfiguredOutcome) {
  signed_yesterday();
  EXPECT_TRUE(answer(Act::Decline).let_in);
}

}  // namespace
}  // namespace assent
