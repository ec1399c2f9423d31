// A call that does not end is ended, and no other socket is touched.
#include "service/directory/watchdog.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace assent::directory {
namespace {

using std::chrono::milliseconds;

struct Pair {
  std::array<int, 2> ends{};
  Pair() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0); }
  ~Pair() {
    for (const int end : ends)
      if (end >= 0) ::close(end);
  }
};

TEST(Watchdog, EndsAReadThatWouldWaitForEver) {
  Pair pair;
  Watchdog dog;
  dog.begin(milliseconds{50});
  ASSERT_TRUE(dog.opened(pair.ends[0]));
  char byte = 0;
  EXPECT_EQ(::read(pair.ends[0], &byte, 1), 0);  // returns only because the socket is shut
  EXPECT_TRUE(dog.end());
}

TEST(Watchdog, LeavesACallAloneThatEndsInTime) {
  Pair pair;
  Watchdog dog;
  ASSERT_TRUE(dog.opened(pair.ends[0]));
  for (int round = 0; round < 100; ++round) {
    dog.begin(milliseconds{10'000});
    EXPECT_FALSE(dog.end());
  }
  EXPECT_EQ(::write(pair.ends[1], "x", 1), 1);
  char byte = 0;
  EXPECT_EQ(::read(pair.ends[0], &byte, 1), 1);
}

TEST(Watchdog, NeverShutsASocketThatGotTheNumberOfAClosedOne) {
  Watchdog dog;
  int number = -1;
  {
    Pair old;
    number = old.ends[0];
    dog.begin(milliseconds{30});
    ASSERT_TRUE(dog.opened(old.ends[0]));
  }
  Pair fresh;
  EXPECT_EQ(fresh.ends[0], number);
  Pair waited;  // something to wait with until the time is over
  Watchdog other;
  other.begin(milliseconds{60});
  ASSERT_TRUE(other.opened(waited.ends[0]));
  char byte = 0;
  EXPECT_EQ(::read(waited.ends[0], &byte, 1), 0);
  EXPECT_TRUE(dog.end());
  EXPECT_EQ(::write(fresh.ends[1], "x", 1), 1);
  EXPECT_EQ(::read(fresh.ends[0], &byte, 1), 1);
}

}  // namespace
}  // namespace assent::directory
