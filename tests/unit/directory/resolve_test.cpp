// A dead name server holds nobody longer than the deadline.
#include "service/directory/resolve.h"

#include <gtest/gtest.h>
#include <netdb.h>

#include <future>

namespace assent::directory {
namespace {

TEST(Resolve, FindsALiteralAtOnce) {
  EXPECT_TRUE(resolve("127.0.0.1", seconds{10}));
  EXPECT_TRUE(resolve("::1", seconds{10}));
}

TEST(Resolve, SaysThatANameIsNotKnown) {
  const auto status = resolve("dc9.test", seconds{10}, [](auto&) { return Found{EAI_NONAME, {}}; });
  EXPECT_EQ(status.error().code, Code::Unavailable);
  EXPECT_NE(status.error().message.find("dc9.test"), std::string::npos);
}

TEST(Resolve, GivesUpALookUpThatDoesNotEnd) {
  std::promise<void> end;
  const auto dead = [ended = end.get_future().share()](auto&) { return ended.wait(), Found{}; };
  const auto status = resolve("dc1.test", milliseconds{20}, dead);
  EXPECT_NE(status.error().message.find("no answer"), std::string::npos);
  end.set_value();
}

}  // namespace
}  // namespace assent::directory
