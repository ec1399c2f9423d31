// What people choose themselves is kept as Argon2id, with its own salt and cost.
#include "core/crypto/password_hash.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

TEST(Argon2id, KnowsTheWordsAgainAndNoOthers) {
  ASSERT_TRUE(start_crypto());
  Argon2id hash;
  const std::string kept = hash.make("my cat is called Tom").value();
  EXPECT_TRUE(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << kept;
  EXPECT_TRUE(hash.matches(kept, "my cat is called Tom"));
  EXPECT_FALSE(hash.matches(kept, "my cat is called tom"));
  EXPECT_FALSE(hash.matches(kept, ""));
  EXPECT_NE(hash.make("my cat is called Tom").value(), kept);
}

TEST(Argon2id, TakesNothingElseForAHash) {
  ASSERT_TRUE(start_crypto());
  Argon2id hash;
  for (const std::string& bad : {std::string{}, std::string("1:words"), std::string(1000, '$'),
                                 std::string("$argon2id$v=19$m=19456,t=2,p=1$")})
    EXPECT_FALSE(hash.matches(bad, "words")) << bad;
}

// A vector of the reference implementation (phc-winner-argon2, src/test.c).
TEST(Argon2id, ReadsWhatOthersMade) {
  ASSERT_TRUE(start_crypto());
  Argon2id hash;
  const std::string kept =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  EXPECT_TRUE(hash.matches(kept, "password"));
  EXPECT_FALSE(hash.matches(kept, "Password"));
}

}  // namespace
}  // namespace assent
