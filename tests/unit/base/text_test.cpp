// What may reach a screen: every class of code point that must not, and every way to be no UTF-8.

#include "core/base/text.h"

#include <gtest/gtest.h>

#include <vector>

namespace assent {
namespace {

std::string utf8(char32_t c) {
  const auto tail = [&](int shift) { return char(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) return {char(c)};
  if (c < 0x800) return {char(0xC0 | c >> 6), tail(0)};
  if (c < 0x10000) return {char(0xE0 | c >> 12), tail(6), tail(0)};
  return {char(0xF0 | c >> 18), tail(12), tail(6), tail(0)};
}

const std::string kReplaced = "\xEF\xBF\xBD";

struct Range {
  char32_t first, last;
  const char* what;
};

TEST(TextSafety, NoUnsafeCodePointReachesAScreen) {
  for (const Range& range :
       {Range{0x00, 0x08, "C0"}, Range{0x0B, 0x1F, "C0"}, Range{0x7F, 0x7F, "DEL"},
        Range{0x80, 0x9F, "C1"}, Range{0x061C, 0x061C, "Arabic letter mark"},
        Range{0x200B, 0x200B, "zero width space"}, Range{0x200E, 0x200F, "direction marks"},
        Range{0x2028, 0x2029, "separators"}, Range{0x202A, 0x202E, "embeddings"},
        Range{0x2066, 0x2069, "isolates"}, Range{0xFEFF, 0xFEFF, "byte order mark"}})
    for (char32_t c = range.first; c <= range.last; ++c) {
      EXPECT_TRUE(is_unsafe(c)) << range.what;
      EXPECT_EQ(terminal_safe("a" + utf8(c) + "b"), "a" + kReplaced + "b") << range.what;
      EXPECT_EQ(one_line("a" + utf8(c) + "b"), "a" + kReplaced + "b") << range.what;
      EXPECT_EQ(check_line("a" + utf8(c) + "b", 99).error().code, Code::Invalid) << range.what;
    }
}

TEST(TextSafety, WhatStandsBesideTheUnsafeStays) {
  for (const char32_t c : {0x20, 0x7E, 0xA0, 0x061B, 0x061D, 0x200A, 0x200C, 0x200D, 0x2010, 0x2027,
                           0x202F, 0x2065, 0x206A, 0xFEFE, 0xFF00, 0x1F600, 0x10FFFF}) {
    EXPECT_FALSE(is_unsafe(c)) << std::hex << std::uint32_t(c);
    EXPECT_EQ(terminal_safe(utf8(c)), utf8(c));
    EXPECT_TRUE(check_line(utf8(c), 4));
  }
}

TEST(TextSafety, BreaksStayInTextAndLeaveALine) {
  EXPECT_EQ(terminal_safe("a\tb\n"), "a\tb\n");
  EXPECT_EQ(one_line("a\tb\n"), "a" + kReplaced + "b" + kReplaced);
  EXPECT_FALSE(check_line("a\tb", 9));
  EXPECT_FALSE(check_line("a\n", 9));
}

TEST(TextSafety, TerminalEscapesBecomeInert) {
  EXPECT_EQ(terminal_safe("\x1B[2J\x1B]0;owned\x07"),
            kReplaced + "[2J" + kReplaced + "]0;owned" + kReplaced);
  EXPECT_EQ(terminal_safe("<script>'; DROP TABLE person;--"), "<script>'; DROP TABLE person;--");
}

TEST(Utf8, RefusesWhatIsMalformedOneByteAtATime) {
  struct Case {
    std::string text;
    std::size_t bad;
  };
  for (const Case& c :
       {Case{"\x80", 1}, Case{"\xC0\xAF", 2}, Case{"\xC1\xBF", 2}, Case{"\xE0\x9F\xBF", 3},
        Case{"\xF0\x8F\xBF\xBF", 4}, Case{"\xED\xA0\x80", 3}, Case{"\xED\xBF\xBF", 3},
        Case{"\xF4\x90\x80\x80", 4}, Case{"\xF5\x80\x80\x80", 4}, Case{"\xFF", 1}, Case{"\xC3", 1},
        Case{"\xE2\x82", 2}, Case{"\xF0\x9F\x98", 3}}) {
    EXPECT_FALSE(is_utf8(c.text));
    EXPECT_FALSE(is_utf8("good " + c.text + " good"));
    std::string replaced = "a";
    for (std::size_t i = 0; i < c.bad; ++i) replaced += kReplaced;
    EXPECT_EQ(terminal_safe("a" + c.text + "b"), replaced + "b");
    EXPECT_FALSE(check_line(c.text, 99));
  }
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8(utf8(0x7FF) + utf8(0x800) + utf8(0xD7FF) + utf8(0xE000) + utf8(0xFFFF) +
                      utf8(0x10000) + utf8(0x10FFFF)));
}

TEST(Utf8, CodePointsComeInOrder) {
  std::vector<char32_t> seen;
  for_each_codepoint("a\xC3\xA9\xFF\xF0\x9F\x98\x80", [&](char32_t c) { seen.push_back(c); });
  EXPECT_EQ(seen, (std::vector<char32_t>{'a', 0xE9, 0xFFFFFFFF, 0x1F600}));
}

TEST(CheckLine, CountsBytes) {
  EXPECT_TRUE(check_line("", 0));
  EXPECT_TRUE(check_line("\xC3\xA9", 2));
  EXPECT_EQ(check_line("\xC3\xA9", 1).error().message, "is longer than 1 bytes");
}

}  // namespace
}  // namespace assent
