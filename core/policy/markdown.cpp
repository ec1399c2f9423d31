#include "core/policy/markdown.h"

#include <cmark.h>

#include <memory>

#include "core/policy/fault.h"
#include "core/policy/inline_text.h"
#include "core/policy/policy.h"
#include "core/policy/source.h"

namespace assent {
namespace {

constexpr std::string_view kParagraphBreak = "\xE2\x80\xA9";  // U+2029

Failure refuse(cmark_node* node, std::string_view path) {
  const int line = cmark_node_get_start_line(node);
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK: return fault(path, line, "HTML is not shown: write plain words");
    case CMARK_NODE_CODE_BLOCK:
      return fault(path, line, "code is not shown: remove the ``` or the spaces before the text");
    case CMARK_NODE_THEMATIC_BREAK:
      return fault(path, line, "a line across the page is not shown: remove it");
    case CMARK_NODE_HEADING:
      return fault(path, line, "a heading is \"# Title\" or \"## Section\", outside lists");
    case CMARK_NODE_LIST:
      return fault(path, line, "lists begin with \"- \", without numbers, at most one in another");
    default:
      return fault(path, line,
                   "stands outside the rules: write a rule as \"- [rule-id] text\", a note as "
                   "\"> [why] text\"");
  }
}

class BlockReader {
 public:
  explicit BlockReader(std::string_view path) : path_(path) {}

  Status read(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HEADING: return read_heading(node);
      case CMARK_NODE_BLOCK_QUOTE: return read_notes(node);
      case CMARK_NODE_LIST: return read_rules(node);
      default: return refuse(node, path_);
    }
  }

  std::vector<MarkdownBlock> take() { return std::move(blocks_); }

 private:
  Status read_heading(cmark_node* node) {
    const int level = cmark_node_get_heading_level(node);
    if (level > 2) return refuse(node, path_);
    const auto kind = level == 1 ? MarkdownBlock::Kind::Title : MarkdownBlock::Kind::Section;
    ASSENT_TRY(std::string text, inline_text(node, path_));
    return add({kind, cmark_node_get_start_line(node), "", std::move(text)},
               PolicyLimits::kHeading);
  }

  // Each paragraph of a quotation is a note of its own.
  Status read_notes(cmark_node* quote) {
    for (auto* node = cmark_node_first_child(quote); node; node = cmark_node_next(node)) {
      if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH) return refuse(node, path_);
      ASSENT_TRY(MarkdownBlock note,
                 read_tagged(node, MarkdownBlock::Kind::Note, "\"> [why] text\""));
      ASSENT_CHECK(add(std::move(note), PolicyLimits::kText));
    }
    return {};
  }

  Status read_rules(cmark_node* list) {
    if (cmark_node_get_list_type(list) != CMARK_BULLET_LIST) return refuse(list, path_);
    for (auto* item = cmark_node_first_child(list); item; item = cmark_node_next(item)) {
      cmark_node* first = cmark_node_first_child(item);
      if (!first || cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH)
        return fault(path_, cmark_node_get_start_line(item),
                     "a rule begins with its id: \"- [rule-id] text\"");
      ASSENT_TRY(MarkdownBlock rule,
                 read_tagged(first, MarkdownBlock::Kind::Rule, "\"- [rule-id] text\""));
      ASSENT_CHECK(read_paragraphs(cmark_node_next(first), rule, true));
      ASSENT_CHECK(add(std::move(rule), PolicyLimits::kText));
    }
    return {};
  }

  // Paragraphs and list items after a rule's first become further paragraphs of it.
  Status read_paragraphs(cmark_node* node, MarkdownBlock& rule, bool lists_allowed) {
    for (; node; node = cmark_node_next(node)) {
      if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH) {
        ASSENT_CHECK(add_paragraph(node, rule));
        continue;
      }
      if (!lists_allowed || cmark_node_get_type(node) != CMARK_NODE_LIST ||
          cmark_node_get_list_type(node) != CMARK_BULLET_LIST)
        return refuse(node, path_);
      for (auto* item = cmark_node_first_child(node); item; item = cmark_node_next(item))
        ASSENT_CHECK(read_paragraphs(cmark_node_first_child(item), rule, false));
    }
    return {};
  }

  Status add_paragraph(cmark_node* node, MarkdownBlock& rule) {
    ASSENT_TRY(const std::string text, inline_text(node, path_));
    if (text.starts_with('['))
      return fault(path_, cmark_node_get_start_line(node),
                   "a rule cannot stand inside another: remove the spaces before it");
    if (text.empty())
      return fault(path_, cmark_node_get_start_line(node), "is an empty paragraph: remove it");
    rule.text.append(kParagraphBreak).append(text);
    return {};
  }

  Result<MarkdownBlock> read_tagged(cmark_node* node, MarkdownBlock::Kind kind,
                                    std::string_view form) {
    const int line = cmark_node_get_start_line(node);
    ASSENT_TRY(const std::string text, inline_text(node, path_));
    const std::size_t end = text.find(']');
    if (!text.starts_with('[') || end == text.npos)
      return fault(path_, line, "must be written as " + std::string(form));
    const std::size_t words = text.find_first_not_of(' ', end + 1);
    if (words == text.npos)
      return fault(path_, line, text.substr(0, end + 1) + " has no text: write it behind the ]");
    return MarkdownBlock{kind, line, text.substr(1, end - 1), text.substr(words)};
  }

  Status add(MarkdownBlock block, std::size_t max) {
    if (block.text.empty()) return fault(path_, block.line, "is empty: write its words");
    if (block.text.size() > max)
      return fault(path_, block.line,
                   "is longer than " + std::to_string(max) + " bytes: shorten or part it");
    blocks_.push_back(std::move(block));
    return {};
  }

  std::string_view path_;
  std::vector<MarkdownBlock> blocks_;
};

}  // namespace

Result<std::vector<MarkdownBlock>> read_blocks(std::string_view markdown, std::string_view path) {
  ASSENT_TRY(const std::string_view source, check_source(markdown, path));
  const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(
      cmark_parse_document(source.data(), source.size(), CMARK_OPT_DEFAULT), &cmark_node_free);
  BlockReader reader(path);
  for (auto* node = cmark_node_first_child(document.get()); node; node = cmark_node_next(node))
    ASSENT_CHECK(reader.read(node));
  return reader.take();
}

}  // namespace assent
