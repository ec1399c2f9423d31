// How often somebody may guess, and whom wrong guesses hit.

#include "service/domain/try_limit.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

const Time kNow{milliseconds{1'790'000'000'000}};

struct TryLimit : testing::Test {
  void fail(const std::string& account, const std::string& device, unsigned times = 1) {
    for (unsigned i = 0; i < times; ++i) limiter.failed(guess_targets(account, device, "ap"), now);
  }
  bool may(const std::string& account, const std::string& device) const {
    return limiter.may_try(guess_targets(account, device, "ap"), now);
  }
  TryLimiter limiter;
  Time now = kNow;
};

TEST_F(TryLimit, LocksTheDeviceThatGuessedAndNotTheVisitor) {
  fail("v-maple-042", "phone", 4);
  EXPECT_TRUE(may("v-maple-042", "phone"));
  fail("v-maple-042", "phone");
  EXPECT_FALSE(may("v-maple-042", "phone"));
  EXPECT_TRUE(may("v-maple-042", "visitor"));
  EXPECT_TRUE(may("v-birch-007", "phone"));
}

TEST_F(TryLimit, ADeviceThatTriesManyAccountsIsLocked) {
  for (int i = 0; i < 20; ++i) fail("v-" + std::to_string(i), "phone");
  EXPECT_FALSE(may("v-new", "phone"));
  EXPECT_TRUE(may("v-new", "other"));
}

TEST_F(TryLimit, AClassOfManyDevicesTakesLongToReachTheVisitor) {
  for (int i = 0; i < 19; ++i) fail("v-maple-042", "phone" + std::to_string(i), 5);
  EXPECT_TRUE(may("v-maple-042", "visitor"));
  fail("v-maple-042", "another", 5);
  EXPECT_FALSE(may("v-maple-042", "visitor"));
}

TEST_F(TryLimit, IsFreeAgainWhenTheWindowIsOver) {
  fail("a", "phone", 5);
  now += TryLimiter::kWindow - milliseconds{1};
  EXPECT_FALSE(may("a", "phone"));
  now += milliseconds{1};
  EXPECT_TRUE(may("a", "phone"));
  fail("a", "phone");
  EXPECT_TRUE(may("a", "phone"));
}

TEST_F(TryLimit, ARightTryForgivesTheSlips) {
  fail("a", "phone", 4);
  limiter.succeeded(guess_targets("a", "phone", "ap"));
  fail("a", "phone", 4);
  EXPECT_TRUE(may("a", "phone"));
}

TEST_F(TryLimit, ForgetsTheOldestWhenItIsFull) {
  fail("first", "", 100);
  EXPECT_FALSE(limiter.may_try(guess_targets("first", "", ""), now));
  now += milliseconds{1};
  for (std::size_t i = 0; i < TryLimiter::kTargetsMax; ++i)
    limiter.failed({{"other " + std::to_string(i), 5}}, now);
  EXPECT_TRUE(limiter.may_try(guess_targets("first", "", ""), now));
}

TEST_F(TryLimit, CountsNothingForWhatIsNotKnown) {
  EXPECT_TRUE(guess_targets("", "", "").empty());
  EXPECT_EQ(guess_targets("a", "", "").size(), 1u);
  EXPECT_EQ(guess_targets("a", "d", "g").size(), 4u);
}

TEST_F(TryLimit, AskingToBeLetInCountsAgainstNoGuess) {
  const auto asking = ask_targets("phone", "r.ahmed", "ap");
  for (int i = 0; i < 3; ++i) limiter.failed(asking, now);
  EXPECT_FALSE(limiter.may_try(asking, now));
  EXPECT_TRUE(may("v-maple-042", "phone"));
  EXPECT_TRUE(limiter.may_try(ask_targets("other", "r.ahmed", "ap"), now));
}

// Each takes a while, and none has failed yet.
TEST_F(TryLimit, ManyAtOnceAreNoMoreTriesThanOneAfterAnother) {
  const auto phone = guess_targets("v-maple-042", "phone", "ap");
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(limiter.begin(phone, now));
  EXPECT_FALSE(limiter.begin(phone, now));
  EXPECT_TRUE(limiter.begin(guess_targets("v-maple-042", "visitor", "ap"), now));
  limiter.end(phone);
  limiter.succeeded(phone);
  EXPECT_TRUE(limiter.begin(phone, now));
  for (int i = 0; i < 5; ++i) {
    limiter.end(phone);
    limiter.failed(phone, now);
  }
  EXPECT_FALSE(limiter.begin(phone, now));
  now += TryLimiter::kWindow;
  EXPECT_TRUE(limiter.begin(phone, now));
}

}  // namespace
}  // namespace assent
