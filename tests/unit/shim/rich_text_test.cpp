// What the window's reading area is given.

#include "winlogon-shim/domain/rich_text.h"

#include <gtest/gtest.h>

#include "tests/unit/presentation/documents.h"
#include "tests/unit/shim/rtf_reader.h"

namespace assent::windows {
namespace {

using test::RtfReader;
using Role = Paragraph::Role;
using Runs = std::vector<Run>;

std::string rtf_of(Runs runs, std::string language = "en") {
  return to_rich_text({{std::move(language), "", {{false, {{Role::Ask, "", std::move(runs)}}}}}},
                      kLight);
}

std::string rtf_of(std::string text, std::string language = "en") {
  return rtf_of(Runs{{std::move(text)}}, std::move(language));
}

// Without what stands around every text.
std::string inside(const std::string& text) {
  const std::string rtf = rtf_of(text);
  const std::size_t start = rtf.rfind("\\cf1 ") + 5, end = rtf.rfind("}\\par");
  return rtf.substr(start, end - start);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(RichText, EscapesWhatRtfWouldObeyAndAllThatIsNotAscii) {
  const struct {
    const char *text, *rtf;
  } table[] = {
      {"plain text, 100%!", "plain text, 100%!"},
      {R"(C:\temp {x})", R"(C:\\temp \{x\})"},
      {R"(\par\u65?)", R"(\\par\\u65?)"},
      {"ŵyna", "\\u373?yna"},
      {"سلام", "\\u1587?\\u1604?\\u1575?\\u1605?"},
      {"日", "\\u26085?"},
      {"\uFB01", "\\u-1279?"},  // above 32,767 as the signed number that RTF wants
      {"a\U0001F600b", "a\\u-10179?\\u-8704?b"},
      {"\U0010FFFD", "\\u-9217?\\u-8195?"},
      {"one\u2029two", "one\\line two"},
      {"one\ntwo", "one\\line two"},
      {"don't ~ é", "don't ~ \\u233?"},
  };
  for (const auto& row : table) {
    EXPECT_EQ(inside(row.text), row.rtf);
    const std::string with_lines = std::string(row.text).find("one") == 0 ? "one\ntwo" : row.text;
    EXPECT_EQ(RtfReader(rtf_of(row.text)).text, with_lines + "\n");
  }
}

TEST(RichText, ShowsAReplacementForWhatMustNeverReachAScreen) {
  const std::string bad[] = {"\x1b",   std::string(1, '\0'),
                             "\x7F",   "\u0085",
                             "\u202E", "\u200B",
                             "\u2066", "\uFEFF",
                             "\u2028", "\r",
                             "\xFF",   "\xC3",
                             "\x80"};
  for (const std::string& text : bad) EXPECT_EQ(inside("a" + text + "b"), "a\\u-3?b");
  EXPECT_EQ(inside("\xED\xA0\x80"), "\\u-3?\\u-3?\\u-3?") << "half of a pair, as UTF-8";
  EXPECT_EQ(inside("\xF4\x90\x80\x80"), "\\u-3?\\u-3?\\u-3?\\u-3?") << "beyond Unicode";
}

TEST(RichText, StrikesWhatWentAndUnderlinesWhatCame) {
  const std::string rtf = rtf_of(
      Runs{{"I keep "}, {"{it}", Mark::Kind::Delete}, {"mine", Mark::Kind::Insert}, {" secret."}});
  EXPECT_TRUE(has(rtf, "I keep {\\strike\\cf3 \\{it\\}}{\\b\\ul\\cf4 mine} secret.")) << rtf;
  const RtfReader read(rtf);
  EXPECT_EQ(read.went, "{it}\n");
  EXPECT_EQ(read.came, "mine\n");
  EXPECT_EQ(read.text, "I keep {it}mine secret.\n");
}

TEST(RichText, RunsParagraphsOfRightToLeftLanguagesThatWay) {
  for (const char* language : {"ar", "ur-PK", "he"}) {
    EXPECT_TRUE(has(rtf_of("x", language), "\\pard\\rtlpar")) << language;
    EXPECT_FALSE(has(rtf_of("x", language), "\\ltrpar")) << language;
  }
  for (const char* language : {"en-GB", "cy", "arn"}) {
    EXPECT_TRUE(has(rtf_of("x", language), "\\pard\\ltrpar")) << language;
    EXPECT_FALSE(has(rtf_of("x", language), "\\rtlpar")) << language;
  }
}

TEST(RichText, GivesEachPartTheDirectionOfItsLanguage) {
  const std::string rtf = to_rich_text({{"en", "Rules", {}}, {"ar", "قواعد", {}}}, kLight);
  EXPECT_LT(rtf.find("\\ltrpar"), rtf.find("Rules"));
  EXPECT_LT(rtf.find("Rules"), rtf.find("\\rtlpar"));
  EXPECT_EQ(RtfReader(rtf).text, "Rules\nقواعد\n");
}

TEST(RichText, HasTheColoursItIsGiven) {
  constexpr Colours kOdd{0x010203, 0x0A0B0C, 0xFF0000, 0x00FF7F};
  EXPECT_TRUE(has(to_rich_text({}, kOdd),
                  "{\\colortbl;\\red1\\green2\\blue3;\\red10\\green11\\blue12;"
                  "\\red255\\green0\\blue0;\\red0\\green255\\blue127;}"));
}

TEST(RichText, OfNothingIsAnEmptyDocument) {
  const RtfReader read(to_rich_text({}, kLight));
  EXPECT_EQ(read.text, "");
}

TEST(RichText, PutsEachLabelBeforeItsTextAndATabBetween) {
  const Document document = test::small_document();
  const RtfReader read(to_rich_text(to_passages(document, test::marks_of(document)), kDark));
  EXPECT_EQ(read.text,
            "Computer rules\n"
            "NEW  AI tools\n"
            "  I say where I used it.\n"
            "CHANGED  Passwords\n"
            "was  I keep it secret.\n"
            "now  I keep mine secret.\n"
            "REMOVED  I scan my floppy disks.\n"
            "SAME  The other 2 rules are the same as when you signed.\n"
            "Logging in means you accept this change.\n");
}

}  // namespace
}  // namespace assent::windows
