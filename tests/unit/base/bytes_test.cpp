// Bytes, ids and names as text: one spelling for each value, and no other is taken.

#include "core/base/bytes.h"

#include <gtest/gtest.h>

#include "core/base/id.h"

namespace assent {
namespace {

using Reader = Result<Blob> (*)(std::string_view);

Blob blob(std::string_view text) {
  const Bytes bytes = bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

TEST(Spelling, IsThatOfRfc4648) {
  struct Case {
    const char *bytes, *hex, *base32, *base64;
  };
  for (const Case& c :
       {Case{"", "", "", ""}, Case{"f", "66", "my", "Zg=="}, Case{"fo", "666f", "mzxq", "Zm8="},
        Case{"foo", "666f6f", "mzxw6", "Zm9v"}, Case{"foob", "666f6f62", "mzxw6yq", "Zm9vYg=="},
        Case{"fooba", "666f6f6261", "mzxw6ytb", "Zm9vYmE="},
        Case{"foobar", "666f6f626172", "mzxw6ytboi", "Zm9vYmFy"}}) {
    const Bytes bytes = bytes_of(c.bytes);
    EXPECT_EQ(to_hex(bytes), c.hex);
    EXPECT_EQ(to_base32(bytes), c.base32);
    EXPECT_EQ(to_base64(bytes), c.base64);
    EXPECT_EQ(from_hex(c.hex).value(), blob(c.bytes));
    EXPECT_EQ(from_base32(c.base32).value(), blob(c.bytes));
    EXPECT_EQ(from_base64(c.base64).value(), blob(c.bytes));
  }
  EXPECT_EQ(to_base64(bytes_of("\xFB\xFF")), "+/8=");
  EXPECT_EQ(to_base64url(bytes_of("\xFB\xFF")), "-_8");
  EXPECT_EQ(from_base64url("-_8").value(), blob("\xFB\xFF"));
}

TEST(Spelling, EveryOtherSpellingIsRefused) {
  struct Case {
    Reader read;
    std::vector<std::string> wrong;
  };
  const std::string nul(1, '\0');
  for (const auto& [read, wrong] :
       {Case{from_hex, {"6", "666", "6G", "6A", " 66", "66 ", "0x66", "66\n", nul + nul}},
        Case{from_base32, {"m", "mzx", "mz", "MY", "my======", "m1", "m y", "mzxw6y"}},
        Case{from_base64,
             {"Zg", "Zg=", "Zh==", "Zg===", "Zm9=", "=", "====", "Z===", "Zg==Zg==", "Zm9v\n",
              "-_8=", "Zm 9v"}},
        Case{from_base64url, {"Z", "Zh", "Zg==", "Zm9", "+/8", "-_8="}}})
    for (const std::string& text : wrong) EXPECT_EQ(read(text).error().code, Code::Invalid) << text;
}

TEST(Spelling, EveryByteAndLengthComesBack) {
  for (std::size_t length = 0; length < 40; ++length) {
    Blob bytes(length);
    for (std::size_t i = 0; i < length; ++i) bytes[i] = std::byte((i * 37 + length * 11) & 0xff);
    EXPECT_EQ(from_hex(to_hex(bytes)).value(), bytes);
    EXPECT_EQ(from_base32(to_base32(bytes)).value(), bytes);
    EXPECT_EQ(from_base64(to_base64(bytes)).value(), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)).value(), bytes);
  }
}

TEST(Exactly, SaysHowManyBytesItWanted) {
  EXPECT_EQ(exactly<2>(from_hex("0a0b")).value()[1], std::byte{0x0b});
  EXPECT_EQ(exactly<3>(from_hex("0a0b")).error().message, "expected 3 bytes, got 2");
  EXPECT_EQ(exactly<1>(from_hex("0a0b")).error().code, Code::Invalid);
  EXPECT_EQ(exactly<1>(from_hex("zz")).error().code, Code::Invalid);
}

TEST(Id, HasOneSpellingAndItsOwnPrefix) {
  PersonId id;
  for (std::size_t i = 0; i < 16; ++i) id.bytes[i] = std::byte(i * 16);
  const std::string text = to_text(id);
  EXPECT_EQ(text.size(), 28u);
  EXPECT_TRUE(text.starts_with("p_"));
  EXPECT_EQ(parse_id<PersonTag>(text).value(), id);
  EXPECT_EQ(parse_id<DeviceTag>(text).error().message, "expected an id that begins with d_");
  for (const std::string& wrong :
       {std::string(), std::string("p_"), text.substr(1), text + "a", text.substr(0, 27),
        "P_" + text.substr(2), " " + text, text.substr(0, 27) + "b"})
    EXPECT_EQ(parse_id<PersonTag>(wrong).error().code, Code::Invalid) << wrong;
}

TEST(Name, HoldsLettersDigitsAndDashesAndBeginsWithALetter) {
  for (const std::string& good :
       {std::string("a"), std::string("social-media-2"), "z" + std::string(63, '-')})
    EXPECT_TRUE(check_name(good)) << good;
  for (const std::string& wrong :
       {std::string(), std::string("A"), std::string("1a"), std::string("-a"), std::string("a b"),
        std::string("a_b"), std::string("a/b"), std::string("\xC3\xA9"), std::string("a\n"),
        std::string(65, 'a'), std::string("a\0b", 3)})
    EXPECT_EQ(check_name(wrong).error().code, Code::Invalid) << wrong;
}

}  // namespace
}  // namespace assent
