// Filters and distinguished names: text by others is a value and nothing else.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/text.h"
#include "service/directory/dn.h"
#include "service/directory/filter.h"

namespace assent::directory {
namespace {

TEST(Filter, EscapesWhatCouldEndAValue) {
  struct Case {
    std::string_view value, escaped;
  };
  using namespace std::string_view_literals;
  const Case cases[] = {
      {"akhan", "akhan"},
      {"a*)(uid=*", "a\\2a\\29\\28uid=\\2a"},
      {"a\\b", "a\\5cb"},
      {"a\0b"sv, "a\\00b"},
      {"ë", "\\c3\\ab"},
      {"Year 9, cn=a.b-c_d@e", "Year 9, cn=a.b-c_d@e"},
      {"a&b|c!d<e>f~g:h;i/", "a\\26b\\7cc\\21d\\3ce\\3ef\\7eg\\3ah\\3bi\\2f"},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(escaped(value), text);
  EXPECT_EQ(equals("uid", "*"), "(uid=\\2a)");
  EXPECT_EQ(both("(a=b)", "(c=d)"), "(&(a=b)(c=d))");
}

RC_GTEST_PROP(Filter, NoValueHoldsASpecialByte, (const std::string& value)) {
  const std::string out = escaped(value);
  RC_ASSERT(out.find_first_of(std::string_view("*()\0", 4)) == std::string::npos);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] == '\\') RC_ASSERT(i + 2 < out.size() && std::isxdigit(out[i + 1]));
  }
}

TEST(Dn, HasOneSpelling) {
  struct Case {
    std::string_view dn, normal;
  };
  const Case cases[] = {
      {"CN=a\\2cb, DC = x", "cn=a\\,b,dc=x"},
      {"cn=a\\,b,dc=x", "cn=a\\,b,dc=x"},
      {"CN=O'Neil\\2C Bob,DC=x", "cn=o'neil\\, bob,dc=x"},
      {"uid=B+CN=a,dc=x", "cn=a+uid=b,dc=x"},
      {"cn=Zo\\C3\\AB,dc=x", "cn=zo\xc3\xab,dc=x"},
      {"cn=\\09##,dc=x", "cn=\\09##,dc=x"},
      {"", ""},
  };
  for (const auto& [dn, normal] : cases) EXPECT_EQ(normal_dn(dn).value(), normal) << dn;
  for (const char* bad : {"nothing", "cn=a,,dc=b", "=x", "cn=a,dc", "cn=a\\", "cn=\xc2",
                          "cn=a\xc2,dc=x", "cn=\\c2,dc=x"})
    EXPECT_FALSE(normal_dn(bad)) << bad;
  EXPECT_FALSE(normal_dn("cn=" + std::string(10'000, 'a')));
}

// Most names need no parsing; the same name with one letter escaped does.
RC_GTEST_PROP(Dn, IsTheSameHoweverItWasRead, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("aZ9-._@ =,+#")));
  const auto plain = normal_dn("Cn=x" + text), escaped = normal_dn("Cn=\\78" + text);
  RC_ASSERT(bool(plain) == bool(escaped));
  if (plain) RC_ASSERT(*plain == *escaped);
}

RC_GTEST_PROP(Dn, AnyValueStandsInOneAndStaysWhole, (const std::string& value)) {
  RC_PRE(!value.empty());
  const auto normal = normal_dn(rdn("cn", value) + ",dc=x");
  RC_ASSERT(bool(normal) == is_utf8(value));
  if (!normal) return;
  RC_ASSERT(is_within(*normal, "dc=x"));
  const auto again = normal_dn(*normal);
  RC_ASSERT(bool(again) && *again == *normal);
}

TEST(Dn, IsWithinOnlyAtARealComma) {
  EXPECT_TRUE(is_within("cn=a,dc=x", "dc=x"));
  EXPECT_TRUE(is_within("dc=x", "dc=x"));
  EXPECT_TRUE(is_within("cn=a\\\\,dc=x", "dc=x"));
  EXPECT_FALSE(is_within("cn=a\\,dc=x", "dc=x"));
  EXPECT_FALSE(is_within("cn=a,odc=x", "dc=x"));
  EXPECT_FALSE(is_within("dc=x", "cn=a,dc=x"));
}

TEST(Dn, WhatStandsAboveIsBehindTheFirstRealComma) {
  EXPECT_EQ(parent_of(R"(cn=a\,b,ou=g,dc=x)"), "ou=g,dc=x");
  EXPECT_EQ(parent_of(R"(cn=a\\,ou=g)"), "ou=g");
  EXPECT_EQ(parent_of("dc=x"), "");
}

TEST(Dn, NamesItsDomain) {
  EXPECT_EQ(dns_name_of("CN=a,OU=b,DC=School,DC=test"), "school.test");
  EXPECT_EQ(dns_name_of(R"(CN=a\,DC=evil,DC=test)"), "test");
  EXPECT_EQ(dns_name_of("not a name"), "");
}

TEST(Dn, TellsTheUnitsAboveAnEntry) {
  using Units = std::vector<std::string>;
  const std::string base = "OU=People,DC=school,DC=test";
  EXPECT_EQ(ou_path("CN=A,OU=Year 7,ou=Students,ou=people,dc=school,dc=test", base),
            (Units{"Students", "Year 7"}));
  EXPECT_EQ(ou_path("cn=a,ou=people,dc=school,dc=test", base), Units{});
  EXPECT_EQ(ou_path("cn=a,ou=other,dc=school,dc=test", base), Units{});
  EXPECT_EQ(ou_path("CN=A,CN=Users,OU=Staff,DC=school,DC=test", "dc=school,dc=test"),
            Units{"Staff"});
  EXPECT_EQ(ou_path("cn=a\\,ou=Staff,ou=Students,dc=x", "dc=x"), Units{"Students"});
  EXPECT_EQ(ou_path("not a name", base), Units{});
}

// As above: a name with an escape in it is parsed, and most are only looked at.
RC_GTEST_PROP(Dn, HasTheSameUnitsHoweverItWasRead, ()) {
  const auto names = rc::gen::elementOf(
      std::vector<std::string>{"ou=Staff", "OU=Year 7", "cn=x", "o=y", "ou=people", "dc=x"});
  const auto above = *rc::gen::container<std::vector<std::string>>(names);
  std::string dn, base;
  for (const std::string& name : above) dn += "," + name;
  const auto top = *rc::gen::inRange<std::size_t>(0, above.size() + 1);
  for (std::size_t i = top; i < above.size(); ++i) base += (base.empty() ? "" : ",") + above[i];
  RC_ASSERT(ou_path("uid=a" + dn, base) == ou_path("uid=\\61" + dn, base));
}

}  // namespace
}  // namespace assent::directory
