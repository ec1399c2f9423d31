// The vectors are SipHash's own (vectors_sip128): the key counts up from 0, and so does the text.
#include "core/crypto/table_hash.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

SecretKey counting_key(std::byte last = std::byte{0x0f}) {
  std::array<std::byte, SecretKey::kSize> seed{};
  for (std::size_t i = 0; i < 16; ++i) seed[i] = std::byte(i);
  seed[15] = last;
  return SecretKey{seed};
}

TEST(TableHash, IsSipHashOf128Bits) {
  EXPECT_EQ(to_hex(table_hash(counting_key(), "")), "a3817f04ba25a8e66df67214c7550293");
  EXPECT_EQ(to_hex(table_hash(counting_key(), std::string(1, '\0'))),
            "da87c1d86b99af44347659119b22fc45");
}

TEST(TableHash, IsAnotherUnderAnotherKey) {
  EXPECT_NE(table_hash(counting_key(), "akhan"), table_hash(counting_key(std::byte{1}), "akhan"));
}

}  // namespace
}  // namespace assent
