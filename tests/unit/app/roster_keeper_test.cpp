// The thread that keeps people in step with their directories: it is asked, it stops.
#include "service/app/roster_keeper.h"

#include "tests/support/live_school.h"

namespace assent {
namespace {

struct RosterKeeperTest : support::LiveSchool {
  std::atomic<SchoolKey> told{0};
  std::unique_ptr<RosterKeeper> keeper;

  RosterKeeperTest() {
    const auto make_feed = [this] { return std::make_unique<support::FakeFeed>(feed); };
    keeper = std::make_unique<RosterKeeper>(RosterKeeper::Needs{
        *desk.registry,
        desk.imports,
        {{{"kingsmead"}, {make_feed, true, minutes{60}}}, {{"oakfield"}, {make_feed, false, {}}}},
        [this](SchoolKey school) { told = school; },
        desk.clock});
  }
  template <class Happened>
  bool soon(Happened happened) {
    const auto deadline = std::chrono::steady_clock::now() + seconds{20};
    while (!happened() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return happened();
  }
};

TEST_F(RosterKeeperTest, ReadsAtTheStartAndWhenItIsAsked) {
  server.fill(3);
  keeper->start();
  EXPECT_TRUE(soon([&] { return keeper->status(1)->last_read.has_value(); }));
  EXPECT_EQ(keeper->status(1)->found->joins, 3u);
  keeper->ask(1);
  EXPECT_TRUE(soon([&] { return server.readings == 2; }));
}

TEST_F(RosterKeeperTest, ASchoolWhosePeopleComeFromElsewhereIsOnlyListenedTo) {
  keeper->start();
  EXPECT_TRUE(soon([&] { return told == 2; }));
  EXPECT_FALSE(keeper->status(2));
  EXPECT_FALSE(keeper->status(7));
  keeper->ask(7);
}

TEST_F(RosterKeeperTest, StopsWhileItReads) {
  server.waits = true;
  server.fill(3);
  keeper->start();
  EXPECT_TRUE(soon([&] { return keeper->status(1)->reading; }));
  keeper->stop();
}

TEST_F(RosterKeeperTest, NeedNotBeStarted) {
  keeper->ask(1);
}

}  // namespace
}  // namespace assent
