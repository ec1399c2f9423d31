// The canonical document: one spelling for each, and nothing in it that could deceive a reader.

#include "core/presentation/document.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>

#include "tests/unit/presentation/arbitrary_documents.h"

namespace assent {
namespace {

using Change = DocumentRule::Change;
using test::small_document;

TEST(Document, ComesBackFromItsCanonicalBytes) {
  const auto text = to_canonical(small_document());
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(parse_document(*text).value(), small_document());
}

RC_GTEST_PROP(Document, ComesBackWhateverItHolds, ()) {
  const Document document = test::any_document();
  const auto text = to_canonical(document);
  if (!text) {
    RC_ASSERT(text.error().message == "the document is longer than 65536 bytes");
    return;
  }
  RC_ASSERT(parse_document(*text).value() == document);
}

RC_GTEST_PROP(Document, WithAnyByteChangedIsRefusedOrIsAnotherDocument, ()) {
  std::string text = to_canonical(small_document()).value();
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  const char byte = *rc::gen::arbitrary<char>();
  if (*rc::gen::arbitrary<bool>())
    text.insert(at, 1, byte);
  else
    text[at] = byte;
  if (const auto parsed = parse_document(text)) RC_ASSERT(to_canonical(*parsed).value() == text);
}

TEST(Document, RefusesOtherSpellingsOfTheSame) {
  const std::string good = to_canonical(small_document()).value();
  const auto edited = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const std::string& bad :
       {std::string(), good.substr(0, good.size() - 1), good + "\n", good + "end\n",
        "\xEF\xBB\xBF" + good, edited("\t1\t3\t", "\t01\t3\t"), edited("\t1\t3\t", "\t+1\t3\t"),
        edited("amendment", "Amendment"), edited("unchanged\t2\n", ""),
        edited("unchanged\t2", "unchanged\t2x"), edited("end\n", "end \n"), edited("\n", "\r\n"),
        edited("title\t", "why\t\ntitle\t"), edited("removed", "dropped"),
        edited("assent-presentation/1", "assent-presentation/2")}) {
    const auto parsed = parse_document(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().code, Code::Invalid);
  }
}

TEST(Document, RefusesTextThatADisplayCouldShowInAnotherWay) {
  for (const std::string& bad :
       {std::string("a\tb"), std::string("a\nb"), std::string("a\x1b[31m"), std::string("a\0b", 3),
        std::string("\xC2\x9B"), std::string("\u202Eabc"), std::string("a\u200Bb"),
        std::string("\xFF"), std::string("e\u0301"), std::string("a  b"), std::string(" a"),
        std::string("a "), std::string("a\u2029"), std::string("a \u2029b"),
        std::string("a\u2028b"), std::string("\uFEFFa"), std::string(4097, 'a')}) {
    for (const auto place : {&DocumentPart::title, &DocumentPart::why, &DocumentPart::ask}) {
      Document document = small_document();
      document.parts[0].*place = bad;
      EXPECT_FALSE(to_canonical(document)) << bad;
    }
    Document document = small_document();
    document.parts[0].rules[1].old_text = bad;
    EXPECT_FALSE(to_canonical(document)) << bad;
  }
}

TEST(Document, RefusesPartsThatContradictThemselves) {
  using Break = std::function<void(Document&)>;
  const std::vector<Break> breaks = {
      [](Document& d) { d.parts.clear(); },
      [](Document& d) { d.parts.push_back(d.parts[0]); },  // one policy twice
      [](Document& d) { d.parts.resize(17, d.parts[0]); },
      [](Document& d) { d.language = "en GB"; },
      [](Document& d) { d.style = ""; },
      [](Document& d) { d.parts[0].language = "cy", d.parts[0].style = "std"; },
      [](Document& d) { d.parts[0].policy = "Student"; },
      [](Document& d) { d.parts[0].to = 0; },
      [](Document& d) { d.parts[0].from = 0; },
      [](Document& d) { d.parts[0].from = 3; },
      [](Document& d) { d.parts[0].mode = "editorial"; },
      [](Document& d) { d.parts[0].title = ""; },
      [](Document& d) { d.parts[0].ask = ""; },
      [](Document& d) { d.parts[0].kind = Kind::Full; },
      [](Document& d) { d.parts[0].rules[1].id = "ai.tools"; },
      [](Document& d) { d.parts[0].rules[1].id = "Pass word"; },
      [](Document& d) { d.parts[0].rules[1].section = "AI tools"; },
      [](Document& d) { d.parts[0].rules[1].change = Change::Full; },
      [](Document& d) { d.parts[0].rules[0].old_text = "x"; },
      [](Document& d) { d.parts[0].rules[1].old_text = ""; },
      [](Document& d) { d.parts[0].rules[2].new_text = "x"; },
  };
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    Document document = small_document();
    breaks[i](document);
    EXPECT_FALSE(to_canonical(document)) << "break " << i;
  }
}

TEST(Document, OfALaterPartMayHaveItsOwnBand) {
  Document document = small_document();
  document.parts.push_back(document.parts[0]);
  document.parts[1].policy = "social-media";
  document.parts[1].language = "cy";
  EXPECT_FALSE(to_canonical(document)) << "a band is language and style";
  document.parts[1].style = "std";
  EXPECT_EQ(parse_document(to_canonical(document).value()).value(), document);
  document.parts[1].language = "en-GB";
  EXPECT_FALSE(to_canonical(document)) << "repeats the document's band";
}

TEST(Document, HasALimit) {
  Document document = small_document();
  for (int i = 0; i < 16; ++i)
    document.parts[0].rules.push_back(
        {"long" + std::to_string(i), Change::Added, "", "", std::string(4000, 'x')});
  EXPECT_TRUE(to_canonical(document));
  document.parts[0].rules.push_back({"last", Change::Added, "", "", std::string(4000, 'x')});
  EXPECT_FALSE(to_canonical(document));
}

}  // namespace
}  // namespace assent
