// A page's skeleton: no text leaves its place, and nobody is shown what is another's.
#include "service/web/skeleton.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "service/web/template.h"
#include "service/web/web_files.h"

namespace assent::web {
namespace {

const std::string kHostile[] = {"<script>alert(1)</script>",
                                "\" onload=\"x",
                                "' x='",
                                "&lt;b&gt;",
                                "{{{state}}} {{> part}} {{#fault}}",
                                "<!--part-->",
                                std::string("\x02") + "0\x03",
                                std::string("\x02") + "18446744073709551615",
                                "\x03\x02",
                                "\x1f \x01",
                                "-->",
                                "\xE2\x80\xAE Dr \xC3\x81"};

Value page_of(const std::string& name, const std::string& other, bool stands = true) {
  return Object{{"name", name},
                {"stands", stands},
                {"list", Array{Object{{"item", other}}, Object{{"item", name}}}}};
}

std::string key_of(const Value& data) {
  return shape_of(data).key;
}

std::string fill(std::string_view page, const Value& data, std::string_view part = "") {
  return Skeleton(page).fill(shape_of(data).texts, part);
}

TEST(Skeleton, PutsEachTextEscapedIntoItsPlaces) {
  const std::string page =
      "<p>\x02"
      "1\x03</p><a href=\"\x02"
      "0\x03\">\x02"
      "1\x03</a>";
  const Value data = Object{{"to", "/a?b&c"}, {"text", "1 < 2 \"'"}};
  EXPECT_EQ(fill(page, data),
            "<p>1 &lt; 2 &quot;&apos;</p><a href=\"/a?b&amp;c\">1 &lt; 2 &quot;&apos;</a>");
}

TEST(Skeleton, MarksStandWhereTheTextsDo) {
  const Value marked = with_marks(page_of("a", "b"));
  EXPECT_EQ(key_of(marked), key_of(page_of("a", "b")));
  std::string page;
  for (const std::string_view text : shape_of(marked).texts) page += std::string(text) + "|";
  EXPECT_EQ(fill(page, page_of("one", "two")), "one|two|one|");
}

TEST(Skeleton, NoTextBreaksOut) {
  std::string page = "<i>";
  const Value marked = with_marks(page_of("a", "b"));
  for (const std::string_view mark : shape_of(marked).texts)
    page += std::string(mark) + "<!--part--></i><i>";
  for (const std::string& one : kHostile)
    for (const std::string& two : kHostile) {
      const std::string end = "<part></i><i>";
      EXPECT_EQ(fill(page, page_of(one, two), "<part>"),
                "<i>" + escaped(one) + end + escaped(two) + end + escaped(one) + end);
      EXPECT_EQ(escaped(one).find_first_of("<>\"'"), std::string::npos);
    }
}

TEST(Skeleton, WhatDecidesWhichSectionsStandIsInTheKey) {
  const std::string key = key_of(page_of("a", "b"));
  EXPECT_EQ(key_of(page_of("other", "texts")), key);
  for (const Value& other :
       {page_of("", "b"), page_of("a", ""), page_of("a", "b", false), Value{Object{{"name", "a"}}},
        Value{Object{{"nam", "a"}}}, Value{Object{{"name", 1}}}, Value{Object{{"name", 2}}},
        Value{Object{{"name", Array{"a"}}}}, Value{Object{{"name", Object{{"a", "a"}}}}}})
    EXPECT_NE(key_of(other), key);
}

TEST(Skeleton, TheNextVisitorIsShownTheirOwnPage) {
  const Texts& texts = languages().front();
  const auto message = [&](const std::string& line, const std::string& to) {
    return render("message", texts,
                  Object{{"title", "T"}, {"lines", Array{Object{{"text", line}}}}, {"go_to", to}});
  };
  const std::string one = message("first <visitor>", "/a");
  const std::string two = message("the other", "/b\"");
  EXPECT_NE(one.find("first &lt;visitor&gt;"), std::string::npos);
  EXPECT_EQ(two.find("first"), std::string::npos);
  EXPECT_NE(two.find("href=\"/b&quot;\""), std::string::npos);
  EXPECT_EQ(message("first <visitor>", "/a"), one);
  EXPECT_EQ(message("the other", "").find("govuk-button\" href=\"/b"), std::string::npos);
}

TEST(Skeleton, NothingOfOursHasAMark) {
  for (const WebFile& file : web_files())
    EXPECT_TRUE(std::ranges::none_of(file.content, [](char c) { return c == 2 || c == 3; }))
        << file.name;
}

}  // namespace
}  // namespace assent::web
