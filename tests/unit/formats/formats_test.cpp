// What comes in as JSON and TOML: strict, limited, and with a place in every message.

#include <gtest/gtest.h>

#include "core/base/text.h"
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

struct BadToml {
  std::string text;
  std::string_view says;
};

void expect_refused(const std::string& text, std::string_view says) {
  const auto value = parse_toml(text, "f.toml");
  ASSERT_FALSE(value) << text;
  EXPECT_EQ(value.error().code, Code::Invalid);
  EXPECT_NE(value.error().message.find(says), std::string::npos)
      << text << ": " << value.error().message;
}

std::string times(std::string_view part, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

// Each was once the end of the parser, or undefined in it.
TEST(Toml, ATypingErrorIsAnErrorWithItsPlace) {
  const BadToml table[] = {
      {"approvals = [{bo\xEF\xAB\xBE = 1}]", "f.toml:1:17: "},
      {"é = 1", "f.toml:1:1: "},
      {"prénom = 1", "expected '=', saw 'é'"},
      {"a = 1\nb = é", "f.toml:2:5: "},
      {"a = \xF0\x9F\x98\x80", "f.toml:1:5: "},
      {"a = “x”", "f.toml:1:5: "},
      {"a = 1\u00a0", "expected space or tab"},
      {"\"\"\"\\é", "f.toml:1:5: "},
      {"a = \"\xff\"", "f.toml:1:5: "},
      {"[%enew]\nmonth = 9\n", "f.toml:1:2: "},
      {"[\1de =e", "f.toml:1:2: "},
      {"[]", "f.toml:1:2: "},
      {"[[%]]\n", "f.toml:1:3: "},
      {"a.% = 1", "f.toml:1:3: "},
  };
  for (const BadToml& bad : table) expect_refused(bad.text, bad.says);
}

TEST(Toml, RefusesEveryLetterWhereASpaceMayStand) {
  for (int lead = 0xC2; lead <= 0xEF; ++lead) {
    for (int next = 0x80; next <= 0xBF; ++next) {
      std::string letter{char(lead), char(next)};
      if (lead >= 0xE0) letter += '\x80';
      expect_refused("a = 1" + letter, "f.toml:1:");
      expect_refused("a" + letter + "= 1", "f.toml:1:");
    }
  }
}

TEST(Toml, RefusesWhatWouldEndTheStack) {
  const std::string path = times("a.", 100) + "a";
  const std::string deepest = "[" + path + "]\n" + path + " = [\n" +
                              times("{" + path + " = [\n", 15) + times("]}", 15) + "]\n";
  const BadToml table[] = {
      {"a = " + times("[", 300) + "\"##\n", "f.toml:1:37: "},
      {times("[", 300) + "##", "f.toml:1:3: "},
      {"a = " + times("{a = ", 20'000), "f.toml:1:"},
      {"b = 1\n" + times("a.", 100'000) + "a = 1\n", "f.toml:2: more than 100 dots"},
      {"[" + times("a.", 100'000) + "a]\n", "f.toml:1: more than 100 dots"},
      {path + " = 1\n", "more than 32 deep"},
      {deepest, "more than 32 deep"},
  };
  for (const BadToml& bad : table) expect_refused(bad.text, bad.says);
  EXPECT_TRUE(parse_toml("a = [[[1]]]\n[b]\n[[c]]\n[[c]]\n", "f.toml"));
  EXPECT_TRUE(parse_toml(times("a.", 30) + "a = \"" + times(".", 70) + "\"\n", "f.toml"));
}

TEST(Toml, AnErrorThatQuotesTheTextIsUtf8) {
  for (const std::string pad : {"", "x", "xx"}) {
    const std::string key = "\"" + pad + times("€", 400) + "\"";
    const auto value = parse_toml(key + " = 1\n" + key + " = 2\n", "f.toml");
    ASSERT_FALSE(value);
    EXPECT_TRUE(is_utf8(value.error().message)) << value.error().message;
  }
}

TEST(Toml, TakesLettersInStringsAndComments) {
  const char* text =
      "# é\na = \"é\" # ü\nb = '\\é'\nc = \"\"\"\né \"q\"\n\"\"\"\nd = '''\né'''\n\"é\" = 1\n";
  EXPECT_TRUE(parse_toml(text, "f.toml"));
  EXPECT_TRUE(parse_toml(std::string("\xEF\xBB\xBF") + text, "f.toml"));
}

}  // namespace
}  // namespace assent
