// What comes in as JSON and TOML: strict, limited, and with a place in every message.

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "core/formats/toml.h"

namespace assent {
namespace {

TEST(Json, ReadsWhatItWrites) {
  const std::string text = R"({"a":[1,-2,true,null,"é\n\u0001"],"b":{"c":""}})";
  const auto value = parse_json(text);
  ASSERT_TRUE(value);
  EXPECT_EQ(parse_json(to_json(*value)).value(), *value);
}

TEST(Json, CanonicalFormSortsMembersAndHasOneSpelling) {
  const auto value = parse_json(R"({"b":1,"a":{"z":"é","y":"\/"}})");
  EXPECT_EQ(to_canonical_json(*value), R"({"a":{"y":"/","z":"é"},"b":1})");
}

struct BadJson {
  const char* text;
  const char* says;
};

TEST(Json, RefusesWhatCouldBeReadInTwoWays) {
  const BadJson table[] = {
      {R"({"a":1,"a":2})", "given twice"},  {"1.5", "whole"},      {"1e400", "not JSON"},
      {"9223372036854775808", "too large"}, {"NaN", "not JSON"},   {"{\"a\":\"\xff\"}", "not JSON"},
      {R"(["\ud800"])", "not JSON"},        {"[1] x", "not JSON"}, {"", "not JSON"},
      {"\xEF\xBB\xBF[", "not JSON"},
  };
  for (const BadJson& bad : table) {
    const auto value = parse_json(bad.text);
    ASSERT_FALSE(value) << bad.text;
    EXPECT_EQ(value.error().code, Code::Invalid);
    EXPECT_NE(value.error().message.find(bad.says), std::string::npos)
        << bad.text << ": " << value.error().message;
  }
}

TEST(Json, StopsAtItsLimits) {
  EXPECT_FALSE(parse_json(std::string(40, '[') + std::string(40, ']')));
  EXPECT_FALSE(parse_json(std::string(2'000'000, '['), {.bytes = 4'000'000}));
  EXPECT_FALSE(parse_json("[1,2,3]", {.bytes = 6}));
}

TEST(Toml, ReadsDatesAsText) {
  EXPECT_EQ(to_json(parse_toml("on = 2026-09-01\nn = 3\n", "x").value()),
            R"({"n":3,"on":"2026-09-01"})");
}

TEST(Toml, NamesFileLineAndColumn) {
  const auto value = parse_toml("a = 1\nb = [\n", "school.toml");
  ASSERT_FALSE(value);
  EXPECT_TRUE(value.error().message.starts_with("school.toml:")) << value.error().message;
}

TEST(Toml, RefusesLettersOutsideQuotesBeforeTheParserSeesThem) {
  for (const char* text : {"approvals = [{bo\xEF\xAB\xBE = 1}]", "é = 1", "a = \xF0\x9F\x98\x80"}) {
    const auto value = parse_toml(text, "f.toml");
    ASSERT_FALSE(value) << text;
    EXPECT_NE(value.error().message.find("f.toml:1"), std::string::npos);
  }
}

TEST(Toml, ATypingErrorInAHeadingIsAnErrorNotAnAbort) {
  for (const char* text : {"[%enew]\nmonth = 9\n", "[\1de =e", "[]", "[[%]]\n", "a.% = 1"})
    EXPECT_FALSE(parse_toml(text, "f.toml")) << text;
}

TEST(Toml, RefusesListsTooDeepBeforeTheParserAborts) {
  EXPECT_FALSE(parse_toml("a = " + std::string(300, '[') + "\"##\n", "f.toml"));
  EXPECT_FALSE(parse_toml(std::string(300, '[') + "##", "f.toml"));
  EXPECT_TRUE(parse_toml("a = [[[1]]]\n[b]\n[[c]]\n[[c]]\n", "f.toml"));
}

TEST(Toml, TakesLettersInStringsAndComments) {
  const char* text =
      "# é\na = \"é\" # ü\nb = '\\é'\nc = \"\"\"\né \"q\"\n\"\"\"\nd = '''\né'''\n\"é\" = 1\n";
  EXPECT_TRUE(parse_toml(text, "f.toml"));
}

}  // namespace
}  // namespace assent
