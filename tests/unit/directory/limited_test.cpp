#include "service/directory/limited.h"

#include <gtest/gtest.h>

#include "tests/support/directory/fake_directory.h"

namespace assent::directory {
namespace {

TEST(Limited, IsAskedNothingMoreOnceItIsOver) {
  support::FakeDirectory server;
  server.put("dc=x", {{"o", {"X"}}});
  bool over = false;
  Limited limited(server, [&] { return over; });
  const Search root{.base = "dc=x", .scope = Scope::Base, .attributes = {"o"}};
  const Modification change{Modification::Kind::Add, {"o", {"Y"}}};
  EXPECT_TRUE(limited.page(root, ""));
  EXPECT_TRUE(limited.modify("dc=x", {&change, 1}).is_good());
  const std::size_t calls = server.calls();
  over = true;
  EXPECT_EQ(limited.page(root, "").error().code, Code::Unavailable);
  EXPECT_EQ(limited.modify("dc=x", {&change, 1}).code, kTimedOut);
  EXPECT_EQ(limited.add("cn=a,dc=x", {}).code, kTimedOut);
  EXPECT_EQ(limited.set_password("dc=x", "p").code, kTimedOut);
  EXPECT_EQ(limited.remove("dc=x").code, kTimedOut);
  EXPECT_EQ(server.calls(), calls);
}

}  // namespace
}  // namespace assent::directory
