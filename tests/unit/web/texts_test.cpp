// The text tables: complete in every language, and the visitor's language found.
#include "service/web/texts.h"

#include <gtest/gtest.h>

#include <set>

#include "service/web/web_files.h"

namespace assent::web {
namespace {

// The {words} of a text, and the {{t.names}} of a template.
std::multiset<std::string> found(std::string_view text, std::string_view open,
                                 std::string_view close) {
  std::multiset<std::string> out;
  for (std::size_t at = 0; (at = text.find(open, at)) != text.npos;) {
    at += open.size();
    out.insert(std::string{text.substr(at, text.find(close, at) - at)});
  }
  return out;
}

TEST(Texts, EveryLanguageSaysEverything) {
  const Texts& english = languages().front();
  EXPECT_EQ(english.code(), "en");
  EXPECT_GT(english.all().size(), 40u);
  EXPECT_GE(languages().size(), 2u);
  for (const Texts& each : languages()) {
    for (const auto& [name, text] : english.all()) {
      EXPECT_FALSE(each.at(name).empty()) << each.code() << " lacks " << name;
      EXPECT_EQ(found(each.at(name), "{", "}"), found(text, "{", "}")) << each.code() << name;
    }
    for (const auto& [name, text] : each.all())
      EXPECT_FALSE(english.at(name).empty()) << each.code() << " has " << name << ", en has not";
  }
}

TEST(Texts, HaveWhatTemplatesAskFor) {
  std::set<std::string> missing;
  for (const WebFile& file : web_files())
    if (file.name.starts_with("templates/"))
      for (const std::string& name : found(file.content, "{{t.", "}}"))
        if (name != "code" && languages().front().at(name).empty()) missing.insert(name);
  EXPECT_EQ(missing, std::set<std::string>{});
}

TEST(Texts, PutValuesIn) {
  const Texts texts{"xx", "# a comment\n\nhello = Ask {host}, not {who}.\nbare = {\n"};
  EXPECT_EQ(texts.fill("hello", {{"host", "Ms <A>"}, {"who", "{host}"}}),
            "Ask Ms <A>, not {host}.");
  EXPECT_EQ(texts.fill("bare", {}), "");
  EXPECT_EQ(texts.fill("missing", {}), "");
}

struct Wanted {
  const char *chosen, *accepted, *shown;
};

TEST(Texts, AreThoseOfTheVisitorsLanguage) {
  constexpr Wanted kTable[] = {
      {"", "", "en"},
      {"", "cy", "cy"},
      {"", "cy-GB,cy;q=0.9,en;q=0.5", "cy"},
      {"", "en-GB,en;q=0.9,cy;q=0.8", "en"},
      {"", "en;q=0.2, cy;q=0.75", "cy"},
      {"", "pl,fr;q=0.9", "en"},
      {"", "cy;q=0", "en"},
      {"", "cy;q=nonsense", "en"},
      {"", ";;;,,,q=1", "en"},
      {"", "CY", "cy"},
      {"cy", "en", "cy"},
      {"en", "cy", "en"},
      {"xx", "cy", "cy"},
      {"<script>", "", "en"},
  };
  for (const auto& [chosen, accepted, shown] : kTable)
    EXPECT_EQ(texts_for(chosen, accepted).code(), shown) << chosen << " | " << accepted;
}

TEST(Texts, KnowWhichWayALanguageRuns) {
  EXPECT_EQ(direction_of("ar"), "rtl");
  EXPECT_EQ(direction_of("ur-PK"), "rtl");
  EXPECT_EQ(direction_of("cy"), "ltr");
  EXPECT_EQ(direction_of(""), "ltr");
}

}  // namespace
}  // namespace assent::web
