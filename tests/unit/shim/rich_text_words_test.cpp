// tests/vectors/presentation: every word of each document is in its rich text, in order.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/formats/json.h"
#include "core/presentation/pages.h"
#include "tests/unit/presentation/documents.h"
#include "tests/unit/shim/rtf_reader.h"
#include "winlogon-shim/domain/rich_text.h"

namespace assent::windows {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(ASSENT_SOURCE_DIR) / "tests/vectors/presentation";

Document read_vector(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const Value vector = parse_json(bytes, {1 << 20, 16}).value();
  return parse_document(*vector.find("canonical")->text()).value();
}

void expect_all_words(const Document& document, const std::vector<std::vector<Mark>>& marks) {
  std::vector<std::string> expected;
  for (const std::string& text : test::texts_of(document))
    for (std::string& word : words(text)) expected.push_back(std::move(word));
  EXPECT_EQ(words(test::RtfReader(to_rich_text(to_passages(document, marks), kLight)).text),
            expected);
}

TEST(RichTextVectors, HaveEveryWordInOrderWithMarksAndWithout) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".json") continue;
    SCOPED_TRACE(entry.path().filename().string());
    const Document document = read_vector(entry.path());
    expect_all_words(document, test::marks_of(document));
    expect_all_words(document, {});
    ++count;
  }
  EXPECT_GE(count, 6);
}

}  // namespace
}  // namespace assent::windows
