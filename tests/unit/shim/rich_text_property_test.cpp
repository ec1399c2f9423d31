// Whatever a document holds, the window shows its words in order and marks no others.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/presentation/pages.h"
#include "tests/unit/presentation/arbitrary_documents.h"
#include "tests/unit/shim/rtf_reader.h"
#include "winlogon-shim/domain/rich_text.h"

namespace assent::windows {
namespace {

std::string runs_of(const std::vector<PartText>& parts, Mark::Kind kind) {
  std::string out;
  for (const PartText& part : parts)
    for (const Passage& passage : part.passages)
      for (const Paragraph& paragraph : passage.paragraphs)
        for (const Run& run : paragraph.runs)
          if (run.kind == kind) out += run.text + "\n";
  return out;
}

// U+2029 is shown as the end of a line.
std::string with_lines(std::string text) {
  constexpr std::string_view kParagraph = "\xE2\x80\xA9";
  for (std::size_t at; (at = text.find(kParagraph)) != text.npos;)
    text.replace(at, kParagraph.size(), "\n");
  return text;
}

RC_GTEST_PROP(RichText, ShowsTheWordsOfAnyDocumentInOrder, ()) {
  const Document document = test::any_document();
  const auto parts = to_passages(document, test::marks_of(document));
  const test::RtfReader read(to_rich_text(parts, kLight));
  RC_ASSERT(!::testing::Test::HasFailure());
  std::vector<std::string> expected;
  for (const std::string& text : test::texts_of(document))
    for (std::string& word : words(text)) expected.push_back(std::move(word));
  RC_ASSERT(words(read.text) == expected);
  RC_ASSERT(read.went == with_lines(runs_of(parts, Mark::Kind::Delete)));
  RC_ASSERT(read.came == with_lines(runs_of(parts, Mark::Kind::Insert)));
}

RC_GTEST_PROP(RichText, IsAsciiAndClosesItsGroupsWhateverTheBytes, ()) {
  const auto any_bytes = [] { return *rc::gen::arbitrary<std::string>(); };
  Paragraph paragraph{Paragraph::Role::Rule, any_bytes(), {}};
  for (const auto kind : {Mark::Kind::Keep, Mark::Kind::Delete, Mark::Kind::Insert})
    paragraph.runs.push_back({any_bytes(), kind});
  const test::RtfReader read(
      to_rich_text({{any_bytes(), any_bytes(), {{true, {paragraph}}}}}, kDark));
  RC_ASSERT(!::testing::Test::HasFailure());
}

}  // namespace
}  // namespace assent::windows
