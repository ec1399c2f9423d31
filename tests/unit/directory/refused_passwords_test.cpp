#include "service/directory/refused_passwords.h"

#include <gtest/gtest.h>

namespace assent::directory {
namespace {

struct RefusedPasswordsTest : testing::Test {
  RefusedPasswords all;
  RefusedPasswords::Moment now{std::chrono::hours{1}};
  bool may(const std::string& password) { return bool(all.check("cn=assent", password, now)); }
};

TEST_F(RefusedPasswordsTest, AWrongPasswordIsNotSentAgainForAWhile) {
  EXPECT_TRUE(may("old"));
  all.refused("cn=assent", "old", now);
  const Status resting = all.check("cn=assent", "old", now);
  ASSERT_FALSE(resting);
  EXPECT_EQ(resting.error().code, Code::Denied);
  now += RefusedPasswords::kRest;
  EXPECT_TRUE(may("old"));
}

TEST_F(RefusedPasswordsTest, AnotherPasswordAndAnotherAccountAreNotHeldUp) {
  all.refused("cn=assent", "old", now);
  EXPECT_TRUE(may("new"));
  EXPECT_TRUE(all.check("cn=other", "old", now));
}

TEST_F(RefusedPasswordsTest, APasswordThatWorksAfterAllIsForgiven) {
  all.refused("cn=assent", "old", now);
  all.accepted("cn=assent");
  EXPECT_TRUE(may("old"));
}

}  // namespace
}  // namespace assent::directory
