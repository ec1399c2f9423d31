// One address after the other, and never longer than the deadline.
#include "service/directory/connect.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/unit/directory/listener.h"

namespace assent::directory {
namespace {

std::vector<Address> addresses_of(std::initializer_list<const char*> hosts) {
  std::vector<Address> out;
  for (const char* host : hosts) out.push_back(look_up(host).addresses.at(0));
  return out;
}

TEST(ConnectTo, GivesASocketThatWaits) {
  const Listener listener;
  const int socket = connect_to(addresses_of({"127.0.0.1"}), listener.port, seconds{10}).value();
  EXPECT_EQ(::fcntl(socket, F_GETFL) & O_NONBLOCK, 0);
  EXPECT_NE(::fcntl(socket, F_GETFD) & FD_CLOEXEC, 0);
  ::close(socket);
}

TEST(ConnectTo, GoesOnWhereAnAddressIsDead) {
  const Listener listener;
  const auto socket =
      connect_to(addresses_of({"127.0.0.2", "127.0.0.1"}), listener.port, seconds{10});
  ASSERT_TRUE(socket) << socket.error().message;
  ::close(*socket);
}

TEST(ConnectTo, SaysWhyNobodyIsThere) {
  const Listener listener;
  const auto refused = connect_to(addresses_of({"127.0.0.2"}), listener.port, seconds{10});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::Unavailable);
  EXPECT_NE(refused.error().message.find("refused"), std::string::npos) << refused.error().message;
  EXPECT_FALSE(connect_to({}, listener.port, seconds{10}));
}

// A listener that takes nobody: when its queue is full, the next one hears nothing.
TEST(ConnectTo, GivesUpAnAddressThatSaysNothing) {
  const Listener full(0);
  const auto there = addresses_of({"127.0.0.1"});
  std::vector<int> queued;
  Result<int> last = connect_to(there, full.port, milliseconds{50});
  for (; last && queued.size() < 8; last = connect_to(there, full.port, milliseconds{50}))
    queued.push_back(*last);
  ASSERT_FALSE(last);
  EXPECT_EQ(last.error().message, "no answer in time");
  for (const int each : queued) ::close(each);
}

}  // namespace
}  // namespace assent::directory
