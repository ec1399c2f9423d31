// When somebody's websites open, told to who has just signed.

#include "service/app/opening.h"

#include "service/domain/gate.h"
#include "tests/support/level_school.h"
#include "tests/unit/app/answer_fixture.h"

namespace assent {
namespace {

// Two days, and times as a school's calendar writes them.
struct TwoDays final : Calendar {
  Result<Time> instant(Date, minutes, const std::string&) const override { return Time{}; }
  Result<Date> date_of(Time, const std::string&) const override { return Date{}; }
  std::string local(Time time, const std::string&) const override {
    const auto minute = std::chrono::duration_cast<minutes>(time.time_since_epoch()).count();
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(9 + minute / (24 * 60)) + " Nov 2026 " + two(minute / 60 % 24) + ":" +
           two(minute % 60);
  }
};

School school_with(const std::string& delay) {
  School school;
  school.levels.levels = {"unsigned", "ks3", "staff"};
  school.filter.sees_groups_within = parse_filter_delay(delay).value();
  return school;
}

TEST(Opening, IsToldWithTheSchoolsOwnTimeRoundedUp) {
  struct Row {
    const char* delay;
    Time now;
    const char* by;
  };
  const Time four = Time{hours{16}};
  for (const Row& row : {Row{"15m", four, "16:15"}, Row{"15m", four + milliseconds{1}, "16:20"},
                         Row{"1m", four - minutes{1}, "16:00"}, Row{"2h", four, "18:00"},
                         Row{"1m", Time{hours{23} + minutes{58}}, "10 Nov 2026 00:00"}})
    EXPECT_EQ(
        opening_message(school_with(row.delay), "unsigned", "ks3", "en-GB", TwoDays{}, row.now),
        "Your websites should be open by " + std::string(row.by) + ".")
        << row.delay;
}

TEST(Opening, IsToldOnlyWhereTheLevelBecomesALooserOne) {
  const auto told = [](const std::string& before, const std::string& after,
                       const std::string& delay = "nightly") {
    return opening_message(school_with(delay), before, after, "en-GB", TwoDays{}, Time{});
  };
  EXPECT_EQ(told("unsigned", "ks3"), "Your websites are open from tomorrow morning.");
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"ks3", "ks3"}, {"staff", "ks3"}, {"", "ks3"}, {"ks3", ""}, {"ks3", "gone"}})
    EXPECT_EQ(told(before, after), "") << before << " to " << after;
  EXPECT_EQ(told("unsigned", "ks3", "unknown"), "");
}

struct OpeningAtTheGate : testing::Test {
  OpeningAtTheGate() {
    desk.publish("student", 1);
    (void)desk.student("jsmith");
    device = desk.device("LIB-01", 11);
  }
  AnswerOutcome answer(Act act) {
    const Shown shown = desk.check(device, "jsmith").shown.value();
    return std::get<AnswerOutcome>(
        desk.answer(device, desk.question(shown, {{"student", act}}, 11)));
  }
  static std::vector<School> at_next_login() {
    auto schools = support::level_schools();
    schools.front().filter.sees_groups_within = {FilterDelay::Kind::AtNextLogin, {}};
    return schools;
  }
  support::GateDesk desk{std::make_shared<support::MemoryDisk>(), {}, at_next_login()};
  DeviceRow device;
};

TEST_F(OpeningAtTheGate, ComesWithTheAnswerThatOpensThem) {
  EXPECT_EQ(answer(Act::Agree).message, "Your websites open when you log out and log in again.");
}

TEST_F(OpeningAtTheGate, ARepeatedAnswerIsToldTheSame) {
  const Shown shown = desk.check(device, "jsmith").shown.value();
  const auto asked = desk.question(shown, {{"student", Act::Agree}}, 11);
  const auto first = std::get<AnswerOutcome>(desk.answer(device, asked));
  EXPECT_EQ(std::get<AnswerOutcome>(desk.answer(device, asked)).message, first.message);
  EXPECT_NE(first.message, "");
}

TEST_F(OpeningAtTheGate, NothingIsToldToWhoStaysAtTheirLevel) {
  (void)answer(Act::Agree);
  support::VersionText next;
  next.rules = {{"own", "Another rule altogether."}};
  desk.publish("student", 2, next);
  EXPECT_EQ(answer(Act::Agree).message, "");  // in grace, they were at their own level
}

TEST_F(OpeningAtTheGate, WhoSaysNoIsToldWhomToTalkTo) {
  EXPECT_EQ(answer(Act::Decline).message, "Ask at the office.");
}

}  // namespace
}  // namespace assent
