// Another program, from its first argument to its end.
#include "service/radius/program_run.h"

#include <gtest/gtest.h>

namespace assent::radius {
namespace {

constexpr seconds kLong{30};

TEST(Program, IsGivenItsInputAndGivesItsOutput) {
  const auto run = run_program({"/bin/cat"}, "one\ntwo\n", kLong);
  EXPECT_EQ(run->status, 0);
  EXPECT_EQ(run->output, "one\ntwo\n");
}

TEST(Program, TakesItsArgumentsAsTheyAre) {
  const auto run = run_program({"/bin/echo", "$(id); `id`", "%{exec:id}"}, "", kLong);
  EXPECT_EQ(run->output, "$(id); `id` %{exec:id}\n");
}

TEST(Program, HasNothingOfOurEnvironment) {
  EXPECT_EQ(run_program({"/usr/bin/env"}, "", kLong)->output, "PATH=/usr/bin:/bin\nLC_ALL=C\n");
}

TEST(Program, SaysHowItEnded) {
  EXPECT_EQ(run_program({"/bin/false"}, "not read", kLong)->status, 1);
}

TEST(Program, ThatDoesNotEndIsEnded) {
  const auto begun = std::chrono::steady_clock::now();
  const auto run = run_program({"/bin/sleep", "60"}, "", milliseconds{100});
  EXPECT_EQ(run.error().code, Code::Unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, kLong);
}

TEST(Program, ThatThereIsNotIsSaidSo) {
  EXPECT_EQ(run_program({"/no/such/program"}, "", kLong).error().code, Code::Unavailable);
}

TEST(Program, ThatWritesMuchIsReadToItsEnd) {
  const auto run = run_program({"/usr/bin/head", "-c", "1000000", "/dev/zero"}, "", kLong);
  EXPECT_EQ(run->status, 0);
  EXPECT_EQ(run->output.size(), kOutputMax);
}

}  // namespace
}  // namespace assent::radius
