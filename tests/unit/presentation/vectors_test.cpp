// tests/vectors/presentation: documents whose bytes, hashes and pages every screen agrees on. The
// canonical text and hash there come from canonical.py, a second reading of the specification.
// After a deliberate change of layout, ASSENT_WRITE_PAGES=1 writes the pages anew, to be read.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/crypto/crypto.h"
#include "core/formats/json.h"
#include "core/presentation/pages.h"
#include "tests/unit/presentation/documents.h"

namespace assent {
namespace {

using Change = DocumentRule::Change;
namespace fs = std::filesystem;

const fs::path kFolder = fs::path(ASSENT_SOURCE_DIR) / "tests/vectors/presentation";

std::string text(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found == nullptr ? std::string() : *found->text();
}
std::uint32_t number(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found == nullptr ? 0 : static_cast<std::uint32_t>(*found->integer());
}

DocumentRule read_rule(const Value& value) {
  const std::string change = text(value, "change");
  return {text(value, "id"),
          change == "full"      ? Change::Full
          : change == "added"   ? Change::Added
          : change == "changed" ? Change::Changed
                                : Change::Removed,
          text(value, "section"), text(value, "old"), text(value, "new")};
}

DocumentPart read_part(const Value& value) {
  DocumentPart part;
  part.policy = text(value, "policy");
  part.from = number(value, "from");
  part.to = number(value, "to");
  part.mode = text(value, "mode");
  part.kind = text(value, "kind") == "full" ? Kind::Full : Kind::Amendment;
  part.manifest = exactly<32>(from_hex(text(value, "manifest"))).value();
  part.language = text(value, "language");
  part.style = text(value, "style");
  part.title = text(value, "title");
  part.why = text(value, "why");
  part.help = text(value, "help");
  part.ask = text(value, "ask");
  part.unchanged = number(value, "unchanged");
  for (const Value& rule : *value.find("rules")->array()) part.rules.push_back(read_rule(rule));
  return part;
}

Document read_document(const Value& value) {
  Document document{text(value, "language"), text(value, "style"), {}};
  for (const Value& part : *value.find("parts")->array()) document.parts.push_back(read_part(part));
  return document;
}

Array pages_of(const Document& document, const PageStyle& style) {
  Array pages;
  for (std::string& page : to_pages(document, test::marks_of(document), style))
    pages.push_back(std::move(page));
  return pages;
}

Value pages_of(const Document& document) {
  return Object{{"terminal", pages_of(document, PageStyle::terminal())},
                {"display_manager", pages_of(document, PageStyle::display_manager())}};
}

std::vector<std::string> words_of(const Array& pages) {
  std::string all;
  for (const Value& page : pages) all += *page.text();
  return words(all);
}

std::vector<std::string> words_of(const Document& document) {
  std::vector<std::string> all;
  for (const std::string& each : test::texts_of(document))
    for (std::string& word : words(each)) all.push_back(std::move(word));
  return all;
}

void write_pages(const fs::path& path, Value vector, const Value& pages) {
  auto& members = std::get<Object>(vector.data);
  std::erase_if(members, [](const Member& member) { return member.first == "pages"; });
  members.emplace_back("pages", pages);
  std::ofstream(path) << to_json(vector) << '\n';
}

void check(const fs::path& path) {
  SCOPED_TRACE(path.filename());
  std::ifstream file(path);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const Value vector = parse_json(bytes, {1 << 20, 16}).value();
  const Document document = read_document(*vector.find("document"));
  const std::string canonical = to_canonical(document).value();
  EXPECT_EQ(canonical, text(vector, "canonical"));
  EXPECT_EQ(to_hex(sha256(canonical)), text(vector, "sha256"));
  EXPECT_EQ(parse_document(canonical).value(), document);
  const Value pages = pages_of(document);
  for (const auto& [style, laid_out] : *pages.object())
    EXPECT_EQ(words_of(*laid_out.array()), words_of(document)) << style;
  if (std::getenv("ASSENT_WRITE_PAGES") != nullptr) return write_pages(path, vector, pages);
  ASSERT_NE(vector.find("pages"), nullptr);
  EXPECT_EQ(to_json(*vector.find("pages")), to_json(pages));
}

TEST(PresentationVectors, HaveTheBytesTheHashAndThePagesThatTheySay) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(kFolder))
    if (entry.path().extension() == ".json") check(entry.path()), ++count;
  EXPECT_GE(count, 6);
}

}  // namespace
}  // namespace assent
