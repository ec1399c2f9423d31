#include "service/directory/refused_passwords.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace assent::directory {
namespace {

struct RefusedPasswordsTest : testing::Test {
  RefusedPasswords all;
  const RefusedPasswords::Account assent{{"ldaps://dc1", "ldaps://dc2"}, "cn=assent"};
  RefusedPasswords::Moment now{std::chrono::hours{1}};
  bool may(const std::string& password) { return bool(all.check(assent, password, now)); }
};

TEST_F(RefusedPasswordsTest, AWrongPasswordIsNotSentAgainForAWhile) {
  EXPECT_TRUE(may("old"));
  all.refused(assent, "old", now);
  const Status resting = all.check(assent, "old", now);
  ASSERT_FALSE(resting);
  EXPECT_EQ(resting.error().code, Code::Denied);
  now += RefusedPasswords::kRest;
  EXPECT_TRUE(may("old"));
}

TEST_F(RefusedPasswordsTest, AnotherPasswordAndAnotherAccountAreNotHeldUp) {
  all.refused(assent, "old", now);
  EXPECT_TRUE(may("new"));
  EXPECT_TRUE(all.check({assent.servers, "cn=other"}, "old", now));
}

TEST_F(RefusedPasswordsTest, APasswordThatWorksAfterAllIsForgiven) {
  all.refused(assent, "old", now);
  all.accepted(assent);
  EXPECT_TRUE(may("old"));
}

// Two schools may call their accounts alike.
TEST_F(RefusedPasswordsTest, TheSameNameAtAnotherServerIsAnotherAccount) {
  all.refused(assent, "old", now);
  EXPECT_TRUE(all.check({{"ldaps://ldap.oakfield"}, assent.name}, "old", now));
}

TEST_F(RefusedPasswordsTest, OfManyAtOnceOneSendsAWrongPassword) {
  std::atomic<int> sent{0}, inside{0}, denied{0};
  const auto sign_in = [&]() -> Status {
    EXPECT_EQ(++inside, 1);
    const Status rests = all.check(assent, "wrong", now);
    if (rests) ++sent, all.refused(assent, "wrong", now);
    --inside;
    return rests;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] { denied += all.in_turn(assent, seconds{60}, sign_in) ? 0 : 1; });
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(sent, 1);
  EXPECT_EQ(denied, 7);
}

TEST_F(RefusedPasswordsTest, NobodyWaitsForAnotherAccountNorForEver) {
  std::promise<void> begun, end;
  std::thread slow([&] {
    (void)all.in_turn(assent, seconds{60}, [&]() -> Status {
      begun.set_value();
      end.get_future().wait();
      return {};
    });
  });
  begun.get_future().wait();
  const auto at_once = [] { return Status{}; };
  EXPECT_TRUE(all.in_turn({{"ldaps://ldap.oakfield"}, assent.name}, milliseconds{0}, at_once));
  const Status late = all.in_turn(assent, milliseconds{1}, at_once);
  end.set_value();
  slow.join();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Code::Unavailable);
  EXPECT_TRUE(all.in_turn(assent, milliseconds{0}, at_once));
}

}  // namespace
}  // namespace assent::directory
