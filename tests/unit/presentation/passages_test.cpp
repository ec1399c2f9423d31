// A document as a person reads it: labels, marks, what belongs together, and which way it runs.

#include "core/presentation/passages.h"

#include <gtest/gtest.h>

#include "tests/unit/presentation/documents.h"

namespace assent {
namespace {

using Change = DocumentRule::Change;
using Role = Paragraph::Role;

constexpr const char* kRoles[] = {"why", "section", "rule", "was", "now", "same", "help", "ask"};

std::string show(const Run& run) {
  if (run.kind == Mark::Kind::Delete) return "[-" + run.text + "-]";
  if (run.kind == Mark::Kind::Insert) return "{+" + run.text + "+}";
  return run.text;
}

// A line a paragraph, "rule NEW: I say where.", and an empty line for a gap.
std::string show(const PartText& part) {
  std::string out = "# " + part.title + " (" + part.language + ")\n";
  for (const Passage& passage : part.passages) {
    if (passage.gap) out += "\n";
    for (const Paragraph& paragraph : passage.paragraphs) {
      out += kRoles[std::size_t(paragraph.role)];
      if (!paragraph.label.empty()) out += " " + paragraph.label;
      out += ": ";
      for (const Run& run : paragraph.runs) out += show(run);
      out += "\n";
    }
  }
  return out;
}

std::string show(const Document& document, const std::vector<std::vector<Mark>>& marks) {
  std::string out;
  for (const PartText& part : to_passages(document, marks)) out += show(part);
  return out;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

Document full_document() {
  Document document = test::small_document();
  DocumentPart& part = document.parts[0];
  part.kind = Kind::Full;
  part.unchanged = 0;
  part.rules = {{"a", Change::Full, "", "", "First."},
                {"b", Change::Full, "Kindness", "", "Second."},
                {"c", Change::Full, "", "", "Third."}};
  return document;
}

TEST(Passages, OfAnAmendmentHaveALabelForEachChange) {
  Document document = test::small_document();
  document.parts[0].why = "Two groups asked.";
  document.parts[0].help = "Ask Mr Okoro.";
  EXPECT_EQ(show(document, test::marks_of(document)),
            "# Computer rules (en-GB)\n"
            "\n"
            "why why: Two groups asked.\n"
            "\n"
            "section NEW: AI tools\n"
            "rule: I say where I used it.\n"
            "\n"
            "section CHANGED: Passwords\n"
            "was was: I keep [-it-] secret.\n"
            "now now: I keep {+mine+} secret.\n"
            "\n"
            "rule REMOVED: I scan my floppy disks.\n"
            "\n"
            "same SAME: The other 2 rules are the same as when you signed.\n"
            "\n"
            "help: Ask Mr Okoro.\n"
            "\n"
            "ask: Logging in means you accept this change.\n");
}

TEST(Passages, OfAFullTextNumberItsRulesAndStandApartAtSections) {
  EXPECT_EQ(show(full_document(), {}),
            "# Computer rules (en-GB)\n"
            "rule 1: First.\n"
            "\n"
            "section: Kindness\n"
            "rule 2: Second.\n"
            "rule 3: Third.\n"
            "\n"
            "ask: Logging in means you accept this change.\n");
}

TEST(Passages, PutTheLabelBesideTheTextWhereTheSectionIsTheOneAbove) {
  Document document = test::small_document();
  for (DocumentRule& rule : document.parts[0].rules) rule.section.clear();
  const std::string all = show(document, {});
  EXPECT_TRUE(has(all, "\n\nrule NEW: I say where I used it.\n")) << all;
  EXPECT_TRUE(has(all, "\n\nwas CHANGED  was: I keep it secret.\nnow now: I keep mine")) << all;
  EXPECT_FALSE(has(all, "section")) << all;
}

TEST(Passages, SpeakEachPartsOwnLanguage) {
  Document document = test::small_document();
  document.parts.push_back(document.parts[0]);
  document.parts[1].language = "cy";
  const auto parts = to_passages(document, {});
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_TRUE(has(show(parts[0]), "section NEW: AI tools"));
  for (const char* line : {"(cy)", "section NEWYDD: ", "section NEWIDIWYD: ", "rule DILËWYD: ",
                           "was cynt: ", "now nawr: ", "same YR UN FATH: Nid yw'r 2 "})
    EXPECT_TRUE(has(show(parts[1]), line)) << line;
}

TEST(Passages, SayNothingOfRulesThatAreTheSameWhereThereIsNone) {
  Document document = test::small_document();
  document.parts[0].unchanged = 0;
  EXPECT_FALSE(has(show(document, {}), "same"));
}

// Two parts of one changed rule each, the second of them other words.
Document two_parts() {
  Document document = test::small_document();
  document.parts.push_back(document.parts[0]);
  document.parts[1].rules[1].old_text = "I lock it.";
  document.parts[1].rules[1].new_text = "I always lock it.";
  return document;
}

TEST(Passages, GiveEachChangedRuleItsOwnMarksAcrossParts) {
  const Document document = two_parts();
  const auto parts = to_passages(document, test::marks_of(document));
  EXPECT_TRUE(has(show(parts[0]), "now now: I keep {+mine+} secret.\n"));
  EXPECT_TRUE(has(show(parts[1]), "was was: I lock it.\nnow now: I {+always +}lock it.\n"));
}

TEST(Passages, WithoutMarksLeaveBothTextsWhole) {
  const Document document = two_parts();
  auto marks = test::marks_of(document);
  marks.pop_back();
  const auto parts = to_passages(document, marks);
  EXPECT_TRUE(has(show(parts[0]), "{+mine+}"));
  EXPECT_TRUE(has(show(parts[1]), "was was: I lock it.\nnow now: I always lock it.\n"));
}

TEST(Passages, WithMarksThatFitAnotherTextLeaveBothWholeAndMoveOn) {
  const Document document = two_parts();
  auto marks = test::marks_of(document);
  marks[0] = marks[1];
  const auto parts = to_passages(document, marks);
  EXPECT_TRUE(has(show(parts[0]), "was was: I keep it secret.\nnow now: I keep mine secret.\n"));
  EXPECT_TRUE(has(show(parts[1]), "{+always +}"));
}

TEST(Passages, MarkNothingWhereTheTextsShareNoWord) {
  Document document = test::small_document();
  DocumentRule& rule = document.parts[0].rules[1];
  rule.old_text = "Stop!";
  rule.new_text = "Run!";
  using enum Mark::Kind;
  const std::string all = show(document, {{{Delete, 4}, {Insert, 3}, {Keep, 1}}});
  EXPECT_TRUE(has(all, "was was: Stop!\nnow now: Run!\n")) << all;
}

}  // namespace
}  // namespace assent
