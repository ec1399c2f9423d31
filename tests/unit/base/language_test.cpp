// Tags of languages, as people write them.

#include "core/base/language.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

TEST(Language, HasItsPrimarySubtagWhateverTheCase) {
  for (const char* tag : {"cy", "CY", "cy-GB", "Cy-latn-gb"}) EXPECT_EQ(primary_subtag(tag), "cy");
  EXPECT_EQ(primary_subtag(""), "");
  EXPECT_EQ(primary_subtag("-GB"), "");
}

TEST(Language, NamesAScriptWithFourLettersAfterTheFirstDash) {
  EXPECT_EQ(script_subtag("ur-Latn-PK"), "latn");
  for (const char* tag : {"", "ur", "ur-PK", "es-419", "ur-", "de-1996", "ur-PK-Latn"})
    EXPECT_EQ(script_subtag(tag), "") << tag;
}

TEST(Language, RunsFromTheRightByItsScriptElseByItsPrimarySubtag) {
  for (const char* tag : {"ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "syr", "AR",
                          "ar-EG", "ur-PK", "UR-pk", "fa-Arab-AF", "pa-Arab", "ku-ARAB"})
    EXPECT_TRUE(is_right_to_left(tag)) << tag;
  for (const char* tag : {"", "en", "en-GB", "cy", "pl", "ro", "so", "arn", "a", "zh-Hant", "hex",
                          "en-ar", "-ar", "ur-Latn", "sd-Deva-IN", "ku"})
    EXPECT_FALSE(is_right_to_left(tag)) << tag;
}

TEST(Letters, AreEqualWithoutRegardToCaseInAsciiAlone) {
  EXPECT_TRUE(same_letters("SAMAccountName", "samaccountNAME"));
  EXPECT_FALSE(same_letters("abc", "abcd"));
  EXPECT_FALSE(same_letters("@[`{", "`{@["));  // beside the letters
  EXPECT_FALSE(same_letters("\xC3\x89", "\xC3\xA9"));
  EXPECT_EQ(lower("AZaz09@[\xC3\x89"), "azaz09@[\xC3\x89");
}

}  // namespace
}  // namespace assent
