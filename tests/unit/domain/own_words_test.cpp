// What a guest may choose instead of four words, and what is the same words.
#include "service/domain/own_words.h"

#include <gtest/gtest.h>

#include "service/domain/words.h"

namespace assent {
namespace {

WordsFault fault_of(const std::string& words, const std::string& again) {
  std::string out;
  return check_own_words({words, again, "v-maple-042", "Dr Siôn Okafor-Jones"}, out);
}
WordsFault fault_of(const std::string& words) {
  return fault_of(words, words);
}
std::string times(std::size_t count, const std::string& text) {
  std::string out;
  while (count-- > 0) out += text;
  return out;
}

TEST(OwnWords, AreJudgedByLengthAndNotByWhatTheyAreMadeOf) {
  for (const char* good :
       {"my cat is called Tom", "mycatistoms!", "correct horse battery staple",
        "mae'r gath yn cysgu", "我的猫叫汤姆它很喜欢睡觉呢", "🐈 sleeps all day", "abcdefghijkm"})
    EXPECT_EQ(fault_of(good), WordsFault::None) << good;
  EXPECT_EQ(fault_of(times(16, "abcd")), WordsFault::None);
}

TEST(OwnWords, AreTwelveToSixtyFourCharacters) {
  EXPECT_EQ(fault_of(""), WordsFault::TooShort);
  EXPECT_EQ(fault_of("    "), WordsFault::TooShort);
  EXPECT_EQ(fault_of("mycatistom!"), WordsFault::TooShort);
  EXPECT_EQ(fault_of("  mycatistom!  "), WordsFault::TooShort);
  EXPECT_EQ(fault_of("我的猫叫汤姆它很喜欢睡"), WordsFault::TooShort);  // 33 bytes
  EXPECT_EQ(fault_of(times(16, "abcd") + "e"), WordsFault::TooLong);
  EXPECT_EQ(fault_of(times(50, "猫")), WordsFault::TooLong);  // RADIUS has no room for 150 bytes
  EXPECT_EQ(fault_of(std::string(100'000, 'a')), WordsFault::TooLong);
}

TEST(OwnWords, AreText) {
  for (const std::string& bad :
       {std::string("my cat\tis called Tom"), std::string("my cat is\ncalled"),
        std::string("my cat is \0called", 17), std::string("my cat is \x7f old"),
        std::string("my cat is \xff\xfe old"), std::string("my cat \xc2\x85 is old")})
    EXPECT_EQ(fault_of(bad), WordsFault::Unreadable) << bad;
}

TEST(OwnWords, AreNotWhatAnybodyTriesFirst) {
  for (const char* bad :
       {"aaaaaaaaaaaa", "------------", "猫猫猫猫猫猫猫猫猫猫猫猫", "Password1234",
        "pass word 12345", "1234 5678 9012", "Dr Siôn Okafor-Jones", "dr sion okafor jones",
        "DRSIONOKAFORJONES", "qwertyuiop12"})
    EXPECT_EQ(fault_of(bad), WordsFault::Guessable) << bad;
  std::string out;
  EXPECT_EQ(check_own_words({"v-mapletree-042", "v-mapletree-042", "v-mapletree-042", ""}, out),
            WordsFault::Guessable);
}

TEST(OwnWords, AreNotFourWordsFromASlip) {
  std::string slip, shouted;
  for (const std::size_t at : {3, 500, 900, 1200})
    slip += (slip.empty() ? "" : "-") + std::string(passphrase_words()[at]);
  for (const char c : slip) shouted += c == '-' ? ' ' : char(std::toupper(c));
  EXPECT_EQ(fault_of(slip), WordsFault::Guessable) << slip;
  EXPECT_EQ(fault_of(shouted), WordsFault::Guessable) << shouted;
  EXPECT_EQ(fault_of(slip + "x"), WordsFault::None);
  EXPECT_EQ(fault_of(slip + " once"), WordsFault::None);
}

TEST(OwnWords, AreTypedTwice) {
  EXPECT_EQ(fault_of("my cat is called Tom", "my cat is called tom"), WordsFault::Differ);
  EXPECT_EQ(fault_of("my cat is called Tom", ""), WordsFault::Differ);
  EXPECT_EQ(fault_of("my cat is called Tom", " my cat is called Tom "), WordsFault::None);
}

TEST(OwnWords, AreTheSameHoweverTheyWereTyped) {
  EXPECT_EQ(own_words_of(" my caf\xc3\xa9 is open ").value(), "my caf\xc3\xa9 is open");
  EXPECT_EQ(own_words_of("my cafe\xcc\x81 is open").value(), "my caf\xc3\xa9 is open");
  EXPECT_NE(own_words_of("My caf\xc3\xa9 is open").value(), "my caf\xc3\xa9 is open");
  EXPECT_FALSE(own_words_of(""));
  EXPECT_FALSE(own_words_of("\xff"));
}

}  // namespace
}  // namespace assent
