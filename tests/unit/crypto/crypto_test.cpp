// The primitives against other people's vectors, and what a signature check must refuse.

#include "core/crypto/crypto.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

template <std::size_t N>
std::array<std::byte, N> hex(std::string_view text) {
  return exactly<N>(from_hex(text)).value();
}

struct Vector {  // RFC 8032, 7.1
  const char *seed, *key, *message, *signature;
};
constexpr Vector kVectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "4"
     "6bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d"
     "8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6"
     "594a7c15e9716ed28dc027beceea1ec40a"}};

TEST(Ed25519, SignsAndVerifiesTheVectorsOfRfc8032) {
  ASSERT_TRUE(start_crypto());
  for (const Vector& v : kVectors) {
    const SigningKey key{SecretKey(hex<32>(v.seed))};
    const Blob message = from_hex(v.message).value();
    EXPECT_EQ(to_hex(key.public_key()), v.key);
    EXPECT_EQ(to_hex(key.sign(message)), v.signature);
    EXPECT_TRUE(verify(hex<32>(v.key), message, hex<64>(v.signature)));
  }
}

TEST(Ed25519, RefusesEveryOtherMessageKeyAndSignature) {
  const Vector& v = kVectors[1];
  const auto key = hex<32>(v.key);
  const auto good = hex<64>(v.signature);
  const Blob message = from_hex(v.message).value();
  EXPECT_FALSE(verify(key, bytes_of("s"), good));
  EXPECT_FALSE(verify(key, {}, good));
  EXPECT_FALSE(verify(hex<32>(kVectors[0].key), message, good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    Signature bad = good;
    bad[i] ^= std::byte{1};
    EXPECT_FALSE(verify(key, message, bad)) << i;
  }
}

// S + L signs the same message in a verifier that does not look: a second spelling.
TEST(Ed25519, RefusesASignatureWhoseScalarIsNotReduced) {
  const auto order = hex<32>("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  Signature bad = hex<64>(kVectors[0].signature);
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += std::to_integer<unsigned>(bad[32 + i]) + std::to_integer<unsigned>(order[i]);
    bad[32 + i] = std::byte(carry & 0xff);
    carry >>= 8;
  }
  EXPECT_FALSE(verify(hex<32>(kVectors[0].key), {}, bad));
}

// With a key of small order one signature fits every message: R = the key, S = 0.
TEST(Ed25519, RefusesKeysOfSmallOrderAndSpellingsThatAreNotCanonical) {
  for (const char* point : {"0000000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    const auto key = hex<32>(point);
    Signature forged{};
    std::copy(key.begin(), key.end(), forged.begin());
    for (const char* message : {"", "any", "message"})
      EXPECT_FALSE(verify(key, bytes_of(message), forged)) << point;
  }
}

TEST(Sha256, IsThatOfFips180AndTakesPartsAsOne) {
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256({bytes_of("a"), {}, bytes_of("bc")}), sha256("abc"));
}

// BLAKE2b-256 with this key, as Python's hashlib.blake2b(b"abc", digest_size=32, key=…) gives it.
TEST(KeyedHash, IsBlake2bOfTheParts) {
  std::array<std::byte, 32> seed;
  for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = std::byte(i);
  const SecretKey key(seed);
  EXPECT_EQ(to_hex(keyed_hash(key, {bytes_of("abc")})),
            "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
  EXPECT_EQ(keyed_hash(key, {bytes_of("a"), bytes_of("bc")}), keyed_hash(key, {bytes_of("abc")}));
  seed[0] = std::byte{9};
  EXPECT_NE(keyed_hash(SecretKey(seed), {bytes_of("abc")}), keyed_hash(key, {bytes_of("abc")}));
}

TEST(SameBytes, ComparesLengthAndContent) {
  EXPECT_TRUE(same_bytes(bytes_of("abc"), bytes_of("abc")));
  EXPECT_FALSE(same_bytes(bytes_of("abc"), bytes_of("abd")));
  EXPECT_FALSE(same_bytes(bytes_of("abc"), bytes_of("ab")));
  EXPECT_TRUE(same_bytes({}, {}));
}

TEST(SecretKey, IsWipedWhereItWasMovedFrom) {
  std::array<std::byte, 32> seed;
  seed.fill(std::byte{7});
  SecretKey from(seed);
  const SecretKey to(std::move(from));
  EXPECT_EQ(to_hex(to.bytes()), to_hex(seed));
  EXPECT_EQ(to_hex(from.bytes()), to_hex(std::array<std::byte, 32>{}));  // NOLINT: on purpose
}

TEST(SystemRandom, GivesOtherBytesEachTime) {
  SystemRandom random;
  EXPECT_NE(random.bytes<32>(), random.bytes<32>());
}

}  // namespace
}  // namespace assent
