#pragma once
// What every change feed owes those who listen. A program that has a feed includes this file, makes
// a FeedWorld of it and instantiates ChangeFeedContract over its own.

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "service/app/change_feed.h"

namespace assent::contract {

// A directory and a feed that listens to it.
class FeedWorld {
 public:
  virtual ~FeedWorld() = default;
  virtual ChangeFeed& feed() = 0;
  virtual void change_a_person() = 0;
  virtual void change_a_group() = 0;
  virtual void stop() = 0;  // until start() nothing answers
  virtual void start() = 0;
};
struct FeedWorldKind {
  const char* name;
  std::unique_ptr<FeedWorld> (*make)();
};
inline void PrintTo(const FeedWorldKind& kind, std::ostream* out) {
  *out << kind.name;
}
inline std::string name_of_feed(const testing::TestParamInfo<FeedWorldKind>& info) {
  return info.param.name;
}

class ChangeFeedContract : public testing::TestWithParam<FeedWorldKind> {
 protected:
  void SetUp() override { world_ = GetParam().make(); }
  Result<bool> ask() { return world_->feed().changed(); }
  // Asks until that is the answer; a server may take a moment to tell.
  bool hears(bool wanted) {
    constexpr std::chrono::seconds kPatience{10};
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end)
      if (const auto got = ask(); got && *got == wanted) return true;
    return false;
  }
  void settle() {
    ASSERT_TRUE(ask().value());
    ASSERT_TRUE(hears(false));
  }
  std::unique_ptr<FeedWorld> world_;
};

TEST_P(ChangeFeedContract, WhoBeginsToListenIsToldToRead) {
  const auto first = ask();
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_TRUE(*first);
  EXPECT_TRUE(hears(false));
}

TEST_P(ChangeFeedContract, AChangeIsToldAndThenItIsOver) {
  settle();
  world_->change_a_person();
  EXPECT_TRUE(hears(true));
  EXPECT_TRUE(hears(false));
  world_->change_a_group();
  EXPECT_TRUE(hears(true));
  EXPECT_TRUE(hears(false));
}

TEST_P(ChangeFeedContract, ManyChangesAreOneAnswer) {
  settle();
  for (int i = 0; i < 3; ++i) world_->change_a_person();
  EXPECT_TRUE(hears(true));
  EXPECT_TRUE(hears(false));
}

TEST_P(ChangeFeedContract, AnOutageIsNoSilence) {
  settle();
  world_->stop();
  const auto away = ask();
  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().code, Code::Unavailable);
  EXPECT_FALSE(away.error().message.empty());
  EXPECT_FALSE(ask());  // nor at the second call
}

// Whatever happened meanwhile.
TEST_P(ChangeFeedContract, AfterAnOutageThereMayBeSomethingNew) {
  settle();
  world_->stop();
  EXPECT_FALSE(ask());
  world_->start();
  EXPECT_TRUE(hears(true));
  EXPECT_TRUE(hears(false));
  world_->change_a_group();
  EXPECT_TRUE(hears(true));
}

}  // namespace assent::contract
