// What stands on the screen is what stands in the document: the same words in the same order.

#include "core/presentation/pages.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "core/unicode/unicode.h"
#include "tests/unit/presentation/arbitrary_documents.h"

namespace assent {
namespace {

using Change = DocumentRule::Change;

std::vector<std::string> document_words(const Document& document) {
  std::vector<std::string> all;
  for (const std::string& text : test::texts_of(document))
    for (std::string& word : words(text)) all.push_back(std::move(word));
  return all;
}

std::string joined(const std::vector<std::string>& pages) {
  std::string all;
  for (const std::string& page : pages) all += page;
  return all;
}

void expect_within(const std::string& page, const PageStyle& style) {
  RC_ASSERT(std::ranges::count(page, '\n') <= style.rows);
  RC_ASSERT(style.bytes == 0 || page.size() <= style.bytes);
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t end = page.find('\n', at);
    RC_ASSERT(cells(std::string_view(page).substr(at, end - at)) <= style.columns);
    at = end + 1;
  }
}

RC_GTEST_PROP(Pages, ShowTheWordsOfAnyDocumentInOrder, ()) {
  const Document document = test::any_document();
  for (const PageStyle& style : {PageStyle::terminal(), PageStyle::display_manager()}) {
    const auto pages = to_pages(document, test::marks_of(document), style);
    RC_ASSERT(words(joined(pages)) == document_words(document));
    for (const std::string& page : pages) expect_within(page, style);
  }
}

TEST(Pages, ShowAnAmendmentWithItsMarks) {
  const Document document = test::small_document();
  EXPECT_EQ(joined(to_pages(document, test::marks_of(document), PageStyle::terminal())),
            " Computer rules                                                    Page 1 of 1\n"
            "\n"
            "     NEW  AI tools\n"
            "          I say where I used it.\n"
            "\n"
            " CHANGED  Passwords\n"
            "     was  I keep *it* secret.\n"
            "     now  I keep *mine* secret.\n"
            "\n"
            " REMOVED  I scan my floppy disks.\n"
            "\n"
            "    SAME  The other 2 rules are the same as when you signed.\n"
            "\n"
            " Logging in means you accept this change.\n");
}

TEST(Pages, WithMissingOrWrongMarksShowBothTextsWhole) {
  const Document document = test::small_document();
  const std::vector<std::vector<Mark>> wrong = {{{Mark::Kind::Keep, 5}}};
  const auto plain = to_pages(document, {}, PageStyle::terminal());
  EXPECT_EQ(to_pages(document, wrong, PageStyle::terminal()), plain);
  EXPECT_EQ(joined(plain).find('*'), std::string::npos);
  EXPECT_NE(joined(plain).find("now  I keep mine secret."), std::string::npos);
}

TEST(Pages, GiveEachChangedRuleItsOwnMarksAcrossParts) {
  Document document = test::small_document();
  document.parts.push_back(document.parts[0]);
  document.parts[1].policy = "other";
  document.parts[1].rules[1].old_text = "I lock it.";
  document.parts[1].rules[1].new_text = "I always lock it.";
  const auto pages = to_pages(document, test::marks_of(document), PageStyle::terminal());
  EXPECT_NE(joined(pages).find("I *always* lock it."), std::string::npos);
  EXPECT_EQ(pages.size(), 2u) << "each part begins a page";
}

TEST(Pages, SayChangedWhereTheSectionIsTheOneAbove) {
  Document document = test::small_document();
  document.parts[0].rules[1].section.clear();
  const auto all = joined(to_pages(document, {}, PageStyle::terminal()));
  EXPECT_NE(all.find("CHANGED  was  I keep it secret."), std::string::npos) << all;
  EXPECT_EQ(words(all), document_words(document));
}

TEST(Pages, BreakALongWordAndSayThatItGoesOn) {
  Document document = test::small_document();
  document.parts[0].rules[0].new_text = "See https://" + std::string(150, 'a') + " here.";
  const auto all = joined(to_pages(document, {}, PageStyle::display_manager()));
  EXPECT_NE(all.find("\n     ..  aaa"), std::string::npos) << all;
  EXPECT_EQ(words(all), document_words(document));
}

TEST(Pages, KeepWithinABytesLimitEvenForOneGraphemeThatIsLonger) {
  Document document = test::small_document();
  std::string letter = "x";
  for (int i = 0; i < 600; ++i) letter += "\u0332";
  document.parts[0].rules[0].new_text = letter;
  document.parts[0].title = letter;
  const auto pages = to_pages(document, {}, PageStyle::display_manager());
  for (const std::string& page : pages) EXPECT_LE(page.size(), 420u);
  EXPECT_EQ(words(joined(pages)), document_words(document));
}

TEST(Pages, CountWideLettersAsTwoCells) {
  Document document = test::small_document();
  std::string wide;
  for (int i = 0; i < 100; ++i) wide += "日";
  document.parts[0].ask = wide;
  for (const auto& page : to_pages(document, {}, PageStyle::terminal()))
    expect_within(page, PageStyle::terminal());
}

TEST(Pages, SpeakTheDocumentsLanguage) {
  Document document = test::small_document();
  document.language = "cy";
  const auto all = joined(to_pages(document, {}, PageStyle::terminal()));
  for (const char* word : {"NEWYDD", "NEWIDIWYD", "DILËWYD", "cynt", "nawr", "Tudalen 1 o 1"})
    EXPECT_NE(all.find(word), std::string::npos) << word;
  EXPECT_EQ(words(all), document_words(document));
}

TEST(Words, MissWhatAScreenLeftOut) {
  const Document document = test::small_document();
  std::string all = joined(to_pages(document, {}, PageStyle::terminal()));
  all.erase(all.find("floppy "), 7);
  EXPECT_NE(words(all), document_words(document));
}

TEST(Words, KeepTextThatLooksLikeFurniture) {
  EXPECT_EQ(words("NEW was Page 1 of 2"),
            (std::vector<std::string>{"NEW", "was", "Page", "1", "of", "2"}));
  EXPECT_EQ(words("Page 1 of 2").size(), 4u);
  EXPECT_EQ(words("  1  Page 1 of 2").size(), 4u);
  EXPECT_TRUE(words("                         Page 1 of 2").empty());
  EXPECT_EQ(words("A title        Page 1 of 2").size(), 2u);
}

}  // namespace
}  // namespace assent
