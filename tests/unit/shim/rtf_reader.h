#pragma once
// Reads Rich Text Format as a window shows it: as much of RTF 1.9 as to_rich_text() writes, and a
// failed test for anything more.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace assent::test {

class RtfReader {
 public:
  explicit RtfReader(std::string_view rtf) : in_(rtf) {
    while (at_ < in_.size()) step(in_[at_++]);
    EXPECT_EQ(groups_.size(), 1u) << "a group is open";
    EXPECT_EQ(high_, 0u) << "half of a pair";
  }

  // All that is shown, a line a paragraph; a TAB is two spaces.
  std::string text;
  // What is struck through, and what is bold and underlined: each with a line end.
  std::string went, came;

 private:
  struct Group {
    bool hidden = false, strike = false, bold = false, underline = false;
  };

  void step(char c) {
    ASSERT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7F)) << "not ASCII at " << at_;
    if (c == '{') return groups_.push_back(groups_.back());
    if (c == '}') return close();
    if (c == '\\') return control();
    if (c != '\n') show(static_cast<unsigned char>(c));
  }

  void close() {
    ASSERT_GT(groups_.size(), 1u) << "closes what was never opened, at " << at_;
    const Group was = groups_.back();
    groups_.pop_back();
    if (was.strike && !groups_.back().strike) went += '\n';
    if (was.underline && !groups_.back().underline) came += '\n';
  }

  void control() {
    ASSERT_LT(at_, in_.size());
    if (std::string_view("\\{}").find(in_[at_]) != std::string_view::npos)
      return show(static_cast<unsigned char>(in_[at_++]));
    const std::string word = take("abcdefghijklmnopqrstuvwxyz"), digits = take("-0123456789");
    if (at_ < in_.size() && in_[at_] == ' ') ++at_;
    obey(word, digits);
  }

  std::string take(std::string_view letters) {
    const std::size_t end = std::min(in_.find_first_not_of(letters, at_), in_.size());
    const std::string taken(in_.substr(at_, end - at_));
    at_ = end;
    return taken;
  }

  void obey(const std::string& word, const std::string& digits) {
    static const std::string_view kLooks[] = {
        "rtf", "ansi", "ansicpg", "uc",     "deff", "f",  "fswiss", "fs", "red", "green", "blue",
        "cf",  "pard", "ltrpar",  "rtlpar", "qr",   "li", "ri",     "fi", "tx",  "sb"};
    Group& group = groups_.back();
    if (word == "u") return unit(static_cast<char16_t>(std::atoi(digits.c_str())));
    if (word == "par" || word == "line") return show('\n');
    if (word == "tab") return show(' '), show(' ');
    if (word == "fonttbl" || word == "colortbl") return void(group.hidden = true);
    if (word == "strike") return void(group.strike = true);
    if (word == "b") return void(group.bold = true);
    if (word == "ul") return void(group.underline = true);
    EXPECT_NE(std::ranges::find(kLooks, word), std::end(kLooks)) << "what is \\" << word << "?";
  }

  // With one character after it, for readers without Unicode.
  void unit(char16_t value) {
    ASSERT_TRUE(at_ < in_.size() && in_[at_] == '?') << "no character to skip at " << at_;
    ++at_;
    if (value >= 0xD800 && value < 0xDC00) return void(high_ = value);
    const bool is_low = value >= 0xDC00 && value < 0xE000;
    ASSERT_EQ(is_low, high_ != 0) << "half of a pair at " << at_;
    const char32_t above = is_low ? 0x10000u + ((high_ - 0xD800u) << 10) - 0xDC00u : 0;
    high_ = 0;
    show(above + value);
  }

  void show(char32_t point) {
    const Group& group = groups_.back();
    if (group.hidden) return;
    const std::string letter = utf8(point);
    text += letter;
    if (group.strike) went += letter;
    if (group.underline && group.bold) came += letter;
  }

  static std::string utf8(char32_t point) {
    if (point < 0x80) return {static_cast<char>(point)};
    const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    std::string out{static_cast<char>(0xFF00u >> (more + 1) | point >> 6 * more)};
    for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (point >> 6 * i & 0x3F));
    return out;
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::vector<Group> groups_{1};
  char16_t high_ = 0;
};

}  // namespace assent::test
