// Secrets that are read again are read by nobody without the key, and for nobody else.
#include "core/crypto/secret_box.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace assent {
namespace {

struct SecretBox : testing::Test {
  static SecretKey key(unsigned char fill) {
    std::array<std::byte, SecretKey::kSize> seed;
    seed.fill(std::byte{fill});
    return SecretKey{seed};
  }
  Blob lock(std::string_view plain) {
    return encrypt_secret(mine, bytes_of("owner"), bytes_of(plain), random);
  }
  SecretKey mine = key(1);
  SystemRandom random;
};

TEST_F(SecretBox, IsReadAgainByItsKeyForItsOwner) {
  const Blob box = lock("secret");
  EXPECT_EQ(text_of(decrypt_secret(mine, bytes_of("owner"), box).value()), "secret");
  EXPECT_EQ(decrypt_secret(key(2), bytes_of("owner"), box).error().code, Code::Corrupt);
  EXPECT_EQ(decrypt_secret(mine, bytes_of("other"), box).error().code, Code::Corrupt);
}

TEST_F(SecretBox, ShowsNeitherWhatItHoldsNorThatTwoAreTheSame) {
  const Blob box = lock("secret");
  EXPECT_EQ(text_of(box).find("secret"), std::string_view::npos);
  EXPECT_NE(box, lock("secret"));
}

TEST_F(SecretBox, IsRefusedWithAnyByteChangedOrMissing) {
  const Blob box = lock("secret");
  for (std::size_t at = 0; at < box.size(); ++at) {
    Blob changed = box;
    changed[at] ^= std::byte{1};
    EXPECT_FALSE(decrypt_secret(mine, bytes_of("owner"), changed)) << at;
    EXPECT_FALSE(decrypt_secret(mine, bytes_of("owner"), Bytes{box}.first(at))) << at;
  }
}

// The draft's own example (A.3.1), so that what is kept is what it is said to be.
TEST_F(SecretBox, IsXChaCha20Poly1305) {
  const auto bytes = [](std::string_view hex) { return from_hex(hex).value(); };
  std::array<std::byte, SecretKey::kSize> seed;
  std::ranges::copy(bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"),
                    seed.begin());
  const Blob box = bytes(
      "404142434445464748494a4b4c4d4e4f5051525354555657"
      "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda"
      "7e"
      "39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565"
      "d3"
      "fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49");
  const auto plain =
      decrypt_secret(SecretKey{seed}, bytes("50515253c0c1c2c3c4c5c6c7"), box).value();
  EXPECT_TRUE(text_of(plain).starts_with("Ladies and Gentlemen of the class of '99"));
}

}  // namespace
}  // namespace assent
