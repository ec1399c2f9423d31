// A policy's Markdown: what it means, and what is refused with which line.
#include <gtest/gtest.h>

#include "core/policy/policy.h"

namespace assent {
namespace {

Result<Rendition> parse(std::string_view markdown) {
  return parse_rendition(markdown, "en-GB", Style::Std, "1/en-GB.std.md");
}

// The text of the only rule of a page.
std::string rule_text(std::string_view words) {
  const auto page = parse("# T\n\n> [ask] I agree.\n\n- [a] " + std::string(words) + "\n");
  if (!page) return page.error().message;
  return page->rules.at(0).text;
}

TEST(Rendition, HasTitleNotesSectionsAndRules) {
  const auto page = parse(
      "# Computer rules\n\n> [why] AI is new.\n\n> [ask] I will try.\n> Really.\n>\n"
      "> [help] Ask us.\n\n- [first] Above\n  every section.\n\n## Keep *safe*\n\n"
      "- [login.own] Mine.\n- [a-1] Two.\n");
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->title, "Computer rules");
  EXPECT_EQ(page->why, "AI is new.");
  EXPECT_EQ(page->ask, "I will try. Really.");
  EXPECT_EQ(page->help, "Ask us.");
  EXPECT_EQ(page->language, "en-GB");
  EXPECT_EQ(page->style, Style::Std);
  const std::vector<Rule> expected = {{"first", "", "Above every section."},
                                      {"login.own", "Keep safe", "Mine."},
                                      {"a-1", "Keep safe", "Two."}};
  EXPECT_EQ(page->rules, expected);
}

struct Words {
  std::string_view markdown, text;
};

TEST(Rendition, TurnsMarkdownIntoPlainWords) {
  const Words table[] = {
      {"I *only* use **my own** _name_.", "I only use my own name."},
      {"two   spaces\tand\n  a line", "two spaces and a line"},
      {"no\u00A0break\u2003wide", "no break wide"},
      {"hard  \n  break", "hard break"},
      {"see [our page](https://s.uk/a)", "see our page <https://s.uk/a>"},
      {"see [**our** page](https://s.uk/a).", "see our page <https://s.uk/a>."},
      {"see <https://s.uk/a>", "see https://s.uk/a"},
      {"write to <office@s.uk>", "write to office@s.uk"},
      {"call [us](tel:+441529302181)", "call us <tel:+441529302181>"},
      {"e\u0301t\u0065\u0301", "été"},
      {"a &amp; b &lt; c \\* d", "a & b < c * d"},
      {"one\n\n  two", "one\u2029two"},
      {"one:\n  - two\n  - three\n\n  four", "one:\u2029two\u2029three\u2029four"},
      {"text [in brackets] stays", "text [in brackets] stays"},
      {"zero-width joiner: क\u094D\u200Dष", "zero-width joiner: क\u094D\u200Dष"},
  };
  for (const Words& row : table) EXPECT_EQ(rule_text(row.markdown), row.text) << row.markdown;
}

TEST(Rendition, AcceptsWhatWindowsEditorsWrite) {
  const auto page = parse("\uFEFF# T\r\n\r\n> [ask] I\r\n> agree.\r\n\r\n- [a] One\r\n  two.\r\n");
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->ask, "I agree.");
  EXPECT_EQ(page->rules[0].text, "One two.");
}

struct Fault {
  std::string_view markdown;
  int line;
  std::string_view says;
};

void expect_faults(std::span<const Fault> table) {
  for (const Fault& row : table) {
    const auto page = parse(row.markdown);
    ASSERT_FALSE(page) << row.markdown;
    const std::string& message = page.error().message;
    EXPECT_EQ(page.error().code, Code::Invalid);
    EXPECT_TRUE(message.starts_with("1/en-GB.std.md:" + std::to_string(row.line) + ": "))
        << message << "\nin\n"
        << row.markdown;
    EXPECT_NE(message.find(row.says), message.npos) << message << "\nin\n" << row.markdown;
  }
}

TEST(Rendition, RefusesWhatNotEveryScreenShows) {
  const Fault table[] = {
      {"# T\n\n> [ask] A\n\n- [a] x <b>y</b>\n", 5, "HTML"},
      {"# T\n\n<script>x</script>\n", 3, "HTML"},
      {"# T\n\n<!-- a comment -->\n", 3, "HTML"},
      {"# T\n\n> [ask] A\n\n- [a] one\n  two ![p](https://s.uk/p.png)\n", 6, "pictures"},
      {"# T\n\n- [a] run `sudo`\n", 3, "code"},
      {"# T\n\n```\nx\n```\n", 3, "code"},
      {"# T\n\n    - [a] indented\n", 3, "code"},
      {"# T\n\n- [a] one\n\n      indented\n", 5, "code"},
      {"# T\n\n- [a] one\n  | a | b |\n  |---|---|\n", 4, "tables"},
      {"# T\n\n---\n", 3, "line across"},
      {"# T\n\n### Deep\n", 3, "heading"},
      {"# T\n\n- [a] one\n\n  ## Inside\n", 5, "heading"},
      {"# T\n\n1. [a] one\n", 3, "without numbers"},
      {"# T\n\n- [a] one\n  1. two\n", 4, "without numbers"},
      {"# T\n\n- [a] one\n  - two\n    - three\n", 5, "at most one"},
      {"# T\n\n- [a] [x](javascript:alert)\n", 3, "https"},
      {"# T\n\n- [a] [x](https://s.uk \"hidden\")\n", 3, "title"},
      {"# T\n\n- [a] \x1B[31mred\n", 3, "cannot be shown"},
      {"# T\n\n- [a] x\u202Ey\n", 3, "cannot be shown"},
      {"# T\n\n- [a] x\u200By\n", 3, "cannot be shown"},
      {"# T\n\n- [a] x\xFFy\n", 3, "cannot be shown"},
      {"# T\n\n- [a] x\ry\n", 3, "cannot be shown"},
      {"# T\n\n- [a] x&#x202E;y\n", 3, "control"},
      {"# T\n\n- [a] x\n\nStray words\n", 5, "outside the rules"},
  };
  expect_faults(table);
}

TEST(Rendition, RefusesTextThatWouldBeLostOrMerged) {
  const Fault table[] = {
      {"# T\n\n- [login]: https://s.uk\n", 3, "link definition"},
      {"# T\n\n[x]: https://s.uk\n\n- [a] x\n", 3, "link definition"},
      {"# T\n\n> [ask]: I agree\n", 3, "link definition"},
      {"# T\n\n- [a] one\n[b] two\n", 4, "continues the text above"},
      {"# T\n\n> [why] one\n> [ask] two\n", 4, "continues the text above"},
      {"# T\n\n- [a] one\n  - [b] two\n", 4, "inside another"},
      {"# T\n\n- [a] one\n\n  [b] two\n", 5, "inside another"},
  };
  expect_faults(table);
}

TEST(Rendition, RefusesWhatIsMissingDoubleOrMisspelled) {
  const Fault table[] = {
      {"", 1, "# Title"},
      {"- [a] one\n", 1, "# Title"},
      {"# T\n\n# T\n", 3, "twice"},
      {"# T\n\n> [ask] A\n", 1, "no rule"},
      {"# T\n\n- [a] one\n", 1, "[ask]"},
      {"# T\n\n> [ask] A\n\n> [ask] B\n", 5, "twice"},
      {"# T\n\n> [wy] A\n", 3, "[wy] is not known"},
      {"# T\n\n> no tag\n", 3, "[why]"},
      {"# T\n\n> - [why] list\n", 3, "lists"},
      {"# T\n\n- no id\n", 3, "[rule-id]"},
      {"# T\n\n- [A] capital\n", 3, "[A] is no rule id"},
      {"# T\n\n- [a b] space\n", 3, "is no rule id"},
      {"# T\n\n- [] empty\n", 3, "is no rule id"},
      {"# T\n\n- [a]\n", 3, "has no text"},
      {"# T\n\n- [a] one\n\n  &nbsp;\n", 5, "empty paragraph"},
      {"# T\n\n-\n", 3, "begins with its id"},
      {"# T\n\n- [a] one\n- [b] two\n- [a] three\n", 5, "stands in line 3 already"},
      {"#\n\n- [a] one\n", 1, "empty"},
  };
  expect_faults(table);
}

TEST(Rendition, HasLimits) {
  const std::string start = "# T\n\n> [ask] A\n\n";
  EXPECT_TRUE(parse(start + "- [a] " + std::string(4096, 'x') + "\n"));
  EXPECT_FALSE(parse(start + "- [a] " + std::string(4097, 'x') + "\n"));
  EXPECT_FALSE(parse("# " + std::string(201, 'x') + "\n"));
  EXPECT_TRUE(parse(start + "- [" + std::string(64, 'a') + "] x\n"));
  EXPECT_FALSE(parse(start + "- [" + std::string(65, 'a') + "] x\n"));
  EXPECT_FALSE(parse(start + std::string(PolicyLimits::kFile, '\n')));
  std::string many = start;
  for (int i = 0; i < 200; ++i) many += "- [r" + std::to_string(i) + "] x\n";
  EXPECT_EQ(parse(many).value().rules.size(), 200u);
  EXPECT_FALSE(parse(many + "- [r200] x\n"));
}

TEST(Rendition, SurvivesDeepNesting) {
  EXPECT_FALSE(parse("# T\n\n" + std::string(5000, '>') + " x\n"));
  std::string emphasis, lists;
  for (int i = 0; i < 5000; ++i) emphasis += "*a _b ";
  for (int i = 0; i < 5000; ++i) lists += "- ";
  EXPECT_FALSE(parse("# T\n\n- [a] " + emphasis));
  EXPECT_FALSE(parse("# T\n\n" + lists + "x\n"));
}

}  // namespace
}  // namespace assent
