// What a crowd at the pipe may cost: places, the pipe itself, lines in the log.

#include <gtest/gtest.h>

#include "winlogon-shim/domain/attended.h"
#include "winlogon-shim/domain/pipe_access.h"
#include "winlogon-shim/domain/sparing_log.h"

namespace assent::windows {
namespace {

constexpr char kService[] = "S-1-5-80-1-2-3";

TEST(Attended, CountsEachSessionByItself) {
  Attended attended;
  EXPECT_EQ(attended.begin(1), 1u);
  EXPECT_EQ(attended.begin(1), 2u);
  EXPECT_EQ(attended.begin(2), 1u);
  attended.end(1);
  EXPECT_EQ(attended.begin(1), 2u);
  attended.end(1);
  attended.end(1);
  attended.end(1);  // once too often
  EXPECT_EQ(attended.begin(1), 1u);
  EXPECT_EQ(attended.begin(2), 2u);
}

TEST(PipeAccess, IsTheServicesOwnWhereItsTokenSaysThatItIsTheService) {
  const std::string access = pipe_access(kService, {"S-1-5-32-545", kService});
  EXPECT_EQ(access,
            "D:P(D;;GA;;;NU)(A;;GA;;;SY)(A;;GA;;;S-1-5-80-1-2-3)(A;;RC;;;OW)(A;;0x12019b;;;IU)");
}

TEST(PipeAccess, IsOfWhoMadeThePipeOtherwise) {
  const std::string of_owner = "D:P(D;;GA;;;NU)(A;;GA;;;SY)(A;;GA;;;OW)(A;;0x12019b;;;IU)";
  EXPECT_EQ(pipe_access("", {}), of_owner);
  EXPECT_EQ(pipe_access("", {""}), of_owner);
  EXPECT_EQ(pipe_access(kService, {"S-1-5-32-545"}), of_owner);
}

class SetClock final : public Clock {
 public:
  Time now() const override { return time; }
  Time time{hours(1)};
};

struct Line {
  device::Severity severity;
  std::string text;
};

class Sparing : public testing::Test {
 protected:
  void warn(unsigned times) {
    for (unsigned i = 0; i < times; ++i) log_(device::Severity::Warning, "a caller");
  }
  SetClock clock_;
  std::vector<Line> lines_;
  const device::Log log_ = sparing(
      [this](device::Severity severity, const std::string& text) {
        lines_.push_back({severity, text});
      },
      clock_);
};

TEST_F(Sparing, PassesWhatAMinuteHolds) {
  warn(kMostLinesAMinute);
  clock_.time += minutes(1);
  warn(kMostLinesAMinute);
  EXPECT_EQ(lines_.size(), 2 * kMostLinesAMinute);
  EXPECT_EQ(lines_.back().text, "a caller");
}

TEST_F(Sparing, SaysOnceThatTheRestOfAMinuteIsLeftOut) {
  warn(100 * kMostLinesAMinute);
  ASSERT_EQ(lines_.size(), kMostLinesAMinute + 1);
  EXPECT_EQ(lines_.back().text,
            "more than 60 lines within a minute: the rest of this minute's "
            "are left out");
  clock_.time += seconds(59);
  warn(1);
  EXPECT_EQ(lines_.size(), kMostLinesAMinute + 1);
  clock_.time += seconds(1);
  warn(1);
  EXPECT_EQ(lines_.size(), kMostLinesAMinute + 2);
}

TEST_F(Sparing, AlwaysPassesErrors) {
  warn(2 * kMostLinesAMinute);
  log_(device::Severity::Error, "the key is gone");
  EXPECT_EQ(lines_.back().text, "the key is gone");
}

TEST_F(Sparing, GoesOnWhenTheClockIsSetBack) {
  warn(2 * kMostLinesAMinute);
  clock_.time -= hours(1);
  warn(1);
  EXPECT_EQ(lines_.back().text, "a caller");
}

}  // namespace
}  // namespace assent::windows
