// The visitor's pages: the document's words, nothing that runs, nothing from elsewhere.
#include "service/web/portal_pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "core/presentation/pages.h"
#include "service/web/style.h"
#include "service/web/web_files.h"
#include "tests/unit/web/page_text.h"

namespace assent::web {
namespace {

using Change = DocumentRule::Change;

constexpr std::size_t kPageWeightMax = 50'000;  // of a page with its style

Shell shell(const char* language = "en") {
  return {texts_for(language, ""), "Kingsmead School", "Ask at the office.", "/portal/kingsmead",
          "c3RhdGU"};
}

Document visitor_rules() {
  DocumentPart part;
  part.policy = "visitor";
  part.to = 1;
  part.mode = "agree";
  part.title = "Visitor rules";
  part.why = "Because you are here.";
  part.help = "Ask your host.";
  part.ask = "I have read these & I will keep them.";
  part.rules = {{"a", Change::Full, "", "", "This Wi-Fi is filtered.\xE2\x80\xA9It is logged."},
                {"b", Change::Full, "Good to know", "", "Lock \"your\" device <always>."},
                {"c", Change::Full, "", "", "Do not film."}};
  return {"en-GB", "std", {part}};
}

Document amended() {
  Document document = visitor_rules();
  DocumentPart& part = document.parts[0];
  part.kind = Kind::Amendment;
  part.from = 1;
  part.to = 2;
  part.unchanged = 4;
  part.rules = {{"a", Change::Changed, "", "Use school email.", "Use school email or the app."},
                {"b", Change::Added, "Good to know", "", "Lock it."},
                {"c", Change::Removed, "", "Do not film.", ""}};
  return document;
}

// What somebody has to be shown, as words in order.
std::vector<std::string> words_of(const Document& document) {
  std::string text;
  for (const DocumentPart& part : document.parts) {
    text += part.title + "\n" + part.why + "\n";
    for (const DocumentRule& rule : part.rules)
      text += rule.section + "\n" + rule.old_text + "\n" + rule.new_text + "\n";
    text += part.help + "\n" + part.ask + "\n";
  }
  return words(text);
}

std::vector<std::string> words_on(const std::string& page) {
  std::string text =
      text_of_html(without_furniture(between(page, "<article id=\"rules\">", "</article>")));
  std::string one_space;  // two would be a label's gap
  std::unique_copy(text.begin(), text.end(), std::back_inserter(one_space),
                   [](char a, char b) { return a == ' ' && b == ' '; });
  return words(one_space);
}

std::string rules(const Document& document, const std::vector<std::vector<Mark>>& marks = {}) {
  return rules_page(shell(), {document, marks, false, 365, "02-00-00-00-00-21"});
}

std::vector<std::string> every_page(const Shell& around) {
  const Document document = visitor_rules();
  const std::string evil = "<script>alert(\"'&'\")</script>";
  return {code_page(around, {}),
          code_page(around, {true, true, evil, evil}),
          rules_page(around, {document, {}, true, 365, evil}),
          online_page(
              around,
              {"15:30", evil, evil, evil, evil, evil, evil, true, {"30m", evil}, "", false, evil}),
          online_page(around, {}),
          online_page(around, {"15:30", "", "", "", "", "", "", false, {}, evil, false, ""}),
          words_page(around, {evil, ""}),
          words_page(around, {evil, "words_differ"}),
          ask_page(around, {{evil, evil}, evil, evil, evil, "ask_missing"}),
          waiting_page(around, {evil, evil, evil, false, 15}),
          waiting_page(around, {evil, evil, evil, true, 15}),
          let_in_page(around),
          not_let_in_page(around),
          declined_page(around),
          left_page(around),
          trouble_page(around),
          detour_page(around),
          gateway_page(around)};
}

TEST(OnlinePage, LooksAgainByItselfUntilTheGatewayHasLetThemOn) {
  const Shell around = shell();
  OnlinePage page;
  EXPECT_EQ(online_page(around, page).find("http-equiv=\"refresh\""), std::string::npos);
  page.connecting = true;
  EXPECT_NE(online_page(around, page).find("content=\"10;url=" + around.action), std::string::npos);
  page.connecting = false;
  page.go_to = "https://n1.network-auth.com/grant?a=1&b=2";
  EXPECT_NE(online_page(around, page)
                .find("content=\"1;url=https://n1.network-auth.com/grant?a=1&amp;"
                      "b=2\""),
            std::string::npos);
}

TEST(RulesPage, HasEveryWordOfTheDocumentInItsOrder) {
  EXPECT_EQ(words_on(rules(visitor_rules())), words_of(visitor_rules()));
}

TEST(RulesPage, HasOldAndNewWordsOfWhatChanged) {
  const Document document = amended();
  const DocumentRule& changed = document.parts[0].rules[0];
  const auto marks = mark_words(changed.old_text, changed.new_text);
  using AllMarks = std::vector<std::vector<Mark>>;
  for (const AllMarks& given : {AllMarks{marks}, AllMarks{}}) {
    const std::string page = rules(document, given);
    EXPECT_EQ(words_on(page), words_of(document));
    EXPECT_NE(page.find("The other 4 rules are the same"), page.npos);
  }
  EXPECT_NE(rules(document, {marks}).find("<ins>"), std::string::npos);
  EXPECT_EQ(rules(document, {{{Mark::Kind::Keep, 3}}}).find("<ins>"), std::string::npos);
}

TEST(RulesPage, NumbersRulesThroughItsSections) {
  EXPECT_NE(rules(visitor_rules()).find("<ol class=\"rules\" start=\"2\">"), std::string::npos);
}

TEST(RulesPage, SaysWhichWayItsLanguageRuns) {
  Document document = visitor_rules();
  document.language = "ar";
  EXPECT_NE(rules(document).find("lang=\"ar\" dir=\"rtl\""), std::string::npos);
}

TEST(RulesPage, OffersTheOtherWordingWhereThereIsOne) {
  const Document document = visitor_rules();
  const auto page = [&](bool is_easy, bool has_easy) {
    return rules_page(shell(), {document, {}, false, 365, "", is_easy, has_easy});
  };
  EXPECT_NE(page(false, true).find("value=\"easy\""), std::string::npos);
  EXPECT_NE(page(true, true).find("value=\"usual\""), std::string::npos);
  EXPECT_EQ(page(false, false).find("value=\"easy\""), std::string::npos);
}

TEST(Pages, NamesTheDeviceThatIsLetOn) {
  EXPECT_NE(rules(visitor_rules()).find("02-00-00-00-00-21"), std::string::npos);
}

TEST(Pages, RunNothingAndFetchNothingFromElsewhere) {
  const std::regex handler{"<[^>]*\\son[a-z]+\\s*="};
  const std::string nowhere = "http://192.0.2.1/";  // where the gateway takes them over: a link
  for (std::string page : every_page(shell())) {
    for (auto at = page.find(nowhere); at != page.npos; at = page.find(nowhere))
      page.erase(at, nowhere.size());
    EXPECT_EQ(page.find("<script"), page.npos) << page;
    EXPECT_EQ(page.find("javascript:"), page.npos);
    EXPECT_EQ(page.find("style=\""), page.npos);
    EXPECT_EQ(page.find("://"), page.npos) << page;
    EXPECT_EQ(page.find(" src="), page.npos);
    EXPECT_FALSE(std::regex_search(page, handler)) << page;
  }
}

TEST(Pages, EscapeWhateverTheyAreGiven) {
  Shell around = shell();
  around.school = around.help = around.state = around.action = "\"><script>x</script>";
  for (const std::string& page : every_page(around)) EXPECT_EQ(page.find("<script"), page.npos);
  for (const WebFile& file : web_files()) {
    if (!file.name.starts_with("templates/")) continue;
    for (const char* unescaped : {"{{{", "{{&", "{{ &", "{{="})
      EXPECT_EQ(file.content.find(unescaped), file.content.npos) << file.name;
  }
}

TEST(Pages, AreLightEnoughForAPhone) {
  for (const std::string& page : every_page(shell()))
    EXPECT_LT(page.size() + style_sheet().size(), kPageWeightMax);
}

TEST(Pages, SayTheirLanguageTitleAndSchool) {
  for (const char* language : {"en", "cy"}) {
    for (const std::string& page : every_page(shell(language))) {
      EXPECT_NE(page.find("<html lang=\"" + std::string(language) + "\" dir=\"ltr\""), page.npos);
      EXPECT_FALSE(between(page, "<title>", " – Kingsmead School</title>").empty());
      EXPECT_NE(page.find("href=\"#main\""), page.npos);
    }
  }
}

TEST(Pages, KeepTheVisitorsPlaceInAnotherLanguage) {
  EXPECT_NE(rules(visitor_rules()).find("name=\"language\" value=\"cy\""), std::string::npos);
  EXPECT_NE(code_page(shell(), {}).find("href=\"/portal/kingsmead?language=cy\""),
            std::string::npos);
}

TEST(Style, IsFetchedAgainOnlyWhenItChanges) {
  EXPECT_EQ(style_path(), "/style/" + style_version());
  EXPECT_EQ(style_version().size(), 12u);
  EXPECT_EQ(style_sheet().find("url("), std::string_view::npos);
  EXPECT_EQ(style_sheet().find("@import"), std::string_view::npos);
}

}  // namespace
}  // namespace assent::web
