// A4: no spelling of a known person's login makes them somebody else, or nobody.
#include "service/domain/login.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

TEST(Login, EverySpellingOfAPersonIsOneNameA4) {
  for (const char* text :
       {"jsmith", "JSMITH", "JSmith", "SCHOOL\\jsmith", "school\\JSMITH", "jsmith@school",
        "JSmith@school.example", "ｊｓｍｉｔｈ", "ＪＳｍｉｔｈ"}) {
    const auto login = canonical_login(text);
    ASSERT_TRUE(login) << text << ": " << login.error().message;
    EXPECT_EQ(*login, "jsmith") << text;
  }
}

TEST(Login, ComposedAndDecomposedLettersAreOneNameA4) {
  EXPECT_EQ(canonical_login("jos\u00e9").value(), canonical_login("JOSE\u0301").value());
}

TEST(Login, OtherNamesStayOthersA4) {
  for (const char* text : {"jsmith2", "j.smith", "j-smith", "smithj"})
    EXPECT_NE(canonical_login(text).value(), "jsmith") << text;
}

TEST(Login, RefusesWhatCouldBeReadAsTwoPeopleA4) {
  for (const char* text :
       {"", "\\", "@", "\\jsmith", "SCHOOL\\", "@school", "jsmith@", "A\\B\\jsmith", "jsmith@a@b",
        "SCHOOL\\jsmith@other", "other@x\\jsmith", "jsmith＠school", "SCHOOL＼jsmith", "j smith",
        "jsmith\n", "js\u200bmith", "jsmith\xff"})
    EXPECT_FALSE(canonical_login(text)) << text;
}

TEST(Login, KeepsTheRealmApart) {
  EXPECT_EQ(split_login("SCHOOL\\jsmith").value().realm, "SCHOOL");
  EXPECT_EQ(split_login("jsmith@school.example").value().realm, "school.example");
  EXPECT_EQ(split_login("jsmith").value().realm, "");
}

}  // namespace
}  // namespace assent
