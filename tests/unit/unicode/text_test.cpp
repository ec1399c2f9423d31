// Normal form, search and the width of text on a terminal.
#include <gtest/gtest.h>

#include "core/unicode/unicode.h"

namespace assent {
namespace {

TEST(NormalForm, ComposesAccentsAndKeepsTheRest) {
  EXPECT_EQ(nfc("").value(), "");
  EXPECT_EQ(nfc("e\u0301").value(), "é");
  EXPECT_EQ(nfc("q\u0323\u0307").value(), "q\u0323\u0307");
  EXPECT_EQ(nfc("q\u0307\u0323").value(), "q\u0323\u0307");
  EXPECT_EQ(nfc("ﬁ½Ａ").value(), "ﬁ½Ａ") << "compatibility forms are not NFC's subject";
  const std::string_view with_nul("a\0b", 3);
  EXPECT_EQ(nfc(with_nul).value(), with_nul);
}

TEST(NormalForm, RefusesWhatIsNotUtf8OrTooLong) {
  EXPECT_EQ(nfc("a\xFF").error().code, Code::Invalid);
  EXPECT_EQ(nfc(std::string(UnicodeLimits::kText + 1, 'a')).error().code, Code::Invalid);
}

TEST(Search, FindsNamesWithoutCaseWidthOrAccents) {
  const std::string_view spellings[] = {"Siôn",       "SIÔN",     "sion",
                                        "sio\u0302n", "ＳＩＯＮ", "si\u00ADon"};
  for (const std::string_view spelling : spellings)
    EXPECT_EQ(fold_for_search(spelling).value(), "sion") << spelling;
  EXPECT_EQ(fold_for_search("Weiß").value(), fold_for_search("WEISS").value());
  EXPECT_EQ(fold_for_search("Ольга").value(), "ольга");
  EXPECT_FALSE(fold_for_search("\xC3"));
}

struct Width {
  std::string_view text;
  std::size_t pieces;
  int cells;
};

TEST(Cells, AreCountedByWhatAPersonSees) {
  const Width table[] = {
      {"", 0, 0},
      {"abc", 3, 3},
      {"e\u0301a", 2, 2},
      {"山田", 2, 4},
      {"한", 1, 2},
      {"\u1112\u1161\u11AB", 1, 2},  // the same syllable in three parts
      {"😀", 1, 2},
      {"\U0001F468\u200D\U0001F469\u200D\U0001F467", 1, 2},  // one family
      {"\U0001F1EC\U0001F1E7", 1, 2},                        // one flag
      {"\u2764\uFE0F", 1, 2},                                // a heart drawn as a picture
      {"\r\n", 1, 0},
      {"a\xFF\xFE", 3, 3},  // malformed bytes show as U+FFFD
      {"\u0E01\u0E33", 1, 1},
  };
  for (const Width& row : table) {
    EXPECT_EQ(graphemes(row.text).size(), row.pieces) << row.text;
    EXPECT_EQ(cells(row.text), row.cells) << row.text;
  }
}

TEST(Graphemes, SpellTheTextWithNothingLost) {
  const std::string_view text = "Zoë 👩‍🏫 \xC3 山e\u0301\r\n.";
  std::string again;
  for (const Grapheme& piece : graphemes(text)) again += piece.text;
  EXPECT_EQ(again, text);
}

}  // namespace
}  // namespace assent
