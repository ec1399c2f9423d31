// Which spellings of a login name are one, and which are none.
#include <gtest/gtest.h>

#include "core/unicode/unicode.h"

namespace assent {
namespace {

struct Fold {
  std::string_view typed, expected;
};

TEST(Login, FoldsEverySpellingToOne) {
  const Fold table[] = {
      {"jsmith", "jsmith"},
      {"JSmith", "jsmith"},
      {"ｊｓｍｉｔｈ", "jsmith"},       // full width
      {"ＪＳＭＩＴＨ", "jsmith"},       // full width capitals
      {"si\u006F\u0302n", "siôn"},      // NFD
      {"SIÔN.LLŴYD", "siôn.llŵyd"},     // Welsh
      {"\u212Aate", "kate"},            // KELVIN SIGN
      {"\u212Bke", "åke"},              // ANGSTROM SIGN
      {"\u0430dmin", "\u0430dmin"},     // Cyrillic a stays Cyrillic
      {"\u0410DMIN", "\u0430dmin"},     // and has a lower case
      {"\u0130smail", "i\u0307smail"},  // I WITH DOT ABOVE is not "i"
      {"\u0131smail", "\u0131smail"},   // dotless i
      {"straße", "straße"},
      {"j*)(uid=*", "j*)(uid=*"},  // LDAP filters are escaped elsewhere
      {"a/b\\c", "a/b\\c"},
      {"Ольга7", "ольга7"},
      {"\u05D0\u05D1\u05D2", "\u05D0\u05D1\u05D2"},  // Hebrew
      {"\u05D0\u05D17", "\u05D0\u05D17"},            // and a digit after it
      {"山田", "山田"},
  };
  for (const Fold& row : table) {
    const auto folded = fold_login(row.typed);
    ASSERT_TRUE(folded) << row.typed << ": " << folded.error().message;
    EXPECT_EQ(*folded, row.expected) << row.typed;
    EXPECT_EQ(fold_login(*folded).value(), row.expected) << "folded twice: " << row.typed;
  }
}

TEST(Login, DeniesWhatNoNameMayHold) {
  const std::string_view table[] = {
      "",
      std::string_view("j\0smith", 7),
      "j\nsmith",
      "j smith",
      " jsmith",
      "jsmith\t",
      "\x1B[31mjsmith",
      "j\x7Fsmith",
      "j\u200Bsmith",  // ZERO WIDTH SPACE
      "j\u200Csmith",  // ZERO WIDTH NON-JOINER
      "j\u200Dsmith",  // ZERO WIDTH JOINER
      "j\u202Esmith",  // RIGHT-TO-LEFT OVERRIDE
      "\uFEFFjsmith",  // BYTE ORDER MARK
      "j\u00ADsmith",  // SOFT HYPHEN
      "j\u3000smith",  // IDEOGRAPHIC SPACE folds to a space
      "j\u00A0smith",  // NO-BREAK SPACE
      "j\u2028smith",  // LINE SEPARATOR
      "😀smith",
      "j\u017Fmith",  // LONG S
      "ﬁona",         // LIGATURE FI
      "j²",
      "Ⅳ",
      "a\u05D0",             // Latin, then Hebrew
      "\u05D0a",             // Hebrew, then Latin
      "\u05D0a\u05D1",       // Latin inside Hebrew
      "\u05D0-",             // Hebrew that ends in a neutral mark
      "j\u034Fsmith",        // COMBINING GRAPHEME JOINER cannot be seen
      "j\uFE0Fsmith",        // VARIATION SELECTOR 16
      "7\u05D0",             // a digit before Hebrew
      "\u0627\u0661\u06F1",  // two kinds of Arabic digits
      "l\u00B7l",
      "\u1100",  // old Hangul jamo
      "\uE000",  // private use
      "\u0378",  // unassigned
  };
  for (const std::string_view typed : table) {
    const auto folded = fold_login(typed);
    ASSERT_FALSE(folded) << typed;
    EXPECT_EQ(folded.error().code, Code::Denied) << typed;
  }
}

TEST(Login, RefusesTextThatIsNotUtf8) {
  for (const std::string_view typed : {"\xFF", "j\xC3", "\xC0\x80", "\xED\xA0\x80"})
    EXPECT_EQ(fold_login(typed).error().code, Code::Invalid);
}

TEST(Login, HasALengthLimitBeforeAndAfterFolding) {
  EXPECT_TRUE(fold_login(std::string(256, 'a')));
  EXPECT_EQ(fold_login(std::string(257, 'a')).error().code, Code::Denied);
  std::string dotted;
  for (int i = 0; i < 128; ++i) dotted += "\u0130";  // 2 bytes each that become 3
  EXPECT_EQ(fold_login(dotted).error().code, Code::Denied);
}

TEST(Login, NamesTheCharacterThatIsDenied) {
  EXPECT_EQ(fold_login("j smith").error().message, "a login name cannot hold the character U+0020");
}

}  // namespace
}  // namespace assent
