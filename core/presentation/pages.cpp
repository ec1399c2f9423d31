// What stands where on the pages: the document's passages, each text beside its label.

#include "core/presentation/pages.h"

#include <algorithm>

#include "core/presentation/layout.h"
#include "core/presentation/passages.h"
#include "core/unicode/unicode.h"

namespace assent {
namespace {

using Role = Paragraph::Role;

constexpr std::string_view kParagraph = "\xE2\x80\xA9";  // U+2029

// `text` between two marks; spaces and stops at its ends stay outside.
std::string starred(std::string_view text) {
  constexpr std::string_view kOutside = " .,;:!?";
  const std::size_t start = text.find_first_not_of(kOutside);
  if (start == text.npos || !has_word(text)) return std::string(text);
  const std::size_t end = text.find_last_not_of(kOutside) + 1;
  return std::string(text.substr(0, start)) + kMark + std::string(text.substr(start, end - start)) +
         kMark + std::string(text.substr(end));
}

std::string starred_paragraphs(std::string_view text) {
  std::string out;
  for (std::size_t start = 0;;) {
    const std::size_t end = std::min(text.find(kParagraph, start), text.size());
    out += starred(text.substr(start, end - start));
    if (end == text.size()) return out;
    out += kParagraph;
    start = end + kParagraph.size();
  }
}

std::string text_of(const Paragraph& paragraph) {
  std::string out;
  for (const Run& run : paragraph.runs)
    out += run.kind == Mark::Kind::Keep ? run.text : starred_paragraphs(run.text);
  return out;
}

// One part: how far its texts stand from the margin depends on how wide its labels are.
class PartLayout {
 public:
  PartLayout(Layout& layout, const DocumentPart& part, const Furniture& words)
      : layout_(layout),
        is_full_(part.kind == Kind::Full),
        gutter_(std::max(cells(words.changed), cells(words.same)) + 2),
        rule_(is_full_ ? std::max(cells(std::to_string(part.rules.size())), 2) + 2 : gutter_) {}

  void add(const Passage& passage, bool first) {
    Block block{{}, passage.gap || first};
    for (const Paragraph& paragraph : passage.paragraphs) {
      const int indent = indent_of(paragraph);
      if (paragraph.role == Role::Same)
        layout_.line(block, text_of(paragraph), indent, paragraph.label);
      else
        layout_.text(block, text_of(paragraph), indent, paragraph.label);
    }
    layout_.add(std::move(block));
  }

 private:
  int indent_of(const Paragraph& paragraph) {
    switch (paragraph.role) {
      case Role::Help:
      case Role::Ask: return 0;
      case Role::Section: return is_full_ ? 0 : gutter_;
      case Role::Rule: return rule_;
      case Role::Was: return changed_ = std::max(gutter_, cells(paragraph.label) + 2);
      case Role::Now: return changed_;
      case Role::Why:
      case Role::Same: break;
    }
    return gutter_;
  }

  Layout& layout_;
  bool is_full_;
  int gutter_, rule_, changed_ = 0;
};

}  // namespace

std::vector<std::string> to_pages(const Document& document,
                                  const std::vector<std::vector<Mark>>& marks,
                                  const PageStyle& style) {
  Layout layout(style);
  const auto texts = to_passages(document, marks);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    layout.begin(texts[i].title);
    PartLayout part(layout, document.parts[i], furniture_for(texts[i].language));
    bool first = true;
    for (const Passage& passage : texts[i].passages) part.add(passage, std::exchange(first, false));
  }
  return layout.take(furniture_for(document.language));
}

}  // namespace assent
