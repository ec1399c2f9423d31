// What stands where on the pages: the document's texts in the document's order, each beside its
// label.

#include "core/presentation/pages.h"

#include <algorithm>

#include "core/presentation/layout.h"
#include "core/unicode/unicode.h"

namespace assent {
namespace {

using Change = DocumentRule::Change;
using Marks = std::vector<Mark>;

constexpr std::string_view kParagraph = "\xE2\x80\xA9";  // U+2029

bool has_word(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  });
}

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

// One side of a changed rule: `ours` (Delete or Insert) is what that side does not share. Where
// nothing is shared, a mark around everything would say nothing.
std::string marked(std::string_view text, const Marks& marks, Mark::Kind ours) {
  std::string out;
  std::size_t at = 0;
  bool shares_words = false;
  for (const Mark& mark : marks) {
    if (mark.kind != ours && mark.kind != Mark::Kind::Keep) continue;
    const std::string_view span = text.substr(at, mark.bytes);
    at += mark.bytes;
    out += mark.kind == ours ? starred_paragraphs(span) : std::string(span);
    shares_words = shares_words || (mark.kind == Mark::Kind::Keep && has_word(span));
  }
  return shares_words ? out : std::string(text);
}

// Lays one part after the other; holds which changed rule it is at.
class Composer {
 public:
  Composer(const std::vector<Marks>& marks, const PageStyle& style)
      : marks_(marks), layout_(style) {}

  void part(const DocumentPart& part, std::string_view language) {
    words_ = &furniture_for(language);
    first_ = true;
    layout_.begin(part.title);
    if (part.kind == Kind::Full)
      full(part);
    else
      amendment(part);
    plain(part.help);
    plain(part.ask);
  }
  std::vector<std::string> take(std::string_view language) {
    return layout_.take(furniture_for(language));
  }

 private:
  void full(const DocumentPart& part) {
    const int indent = std::max(cells(std::to_string(part.rules.size())), 2) + 2;
    labelled(words_->why, part.why, gutter());
    for (std::size_t i = 0; i < part.rules.size(); ++i) {
      const DocumentRule& rule = part.rules[i];
      Block block{{}, !rule.section.empty()};
      if (!rule.section.empty()) layout_.text(block, rule.section);
      layout_.text(block, rule.new_text, indent, std::to_string(i + 1));
      add(std::move(block));
    }
  }

  void amendment(const DocumentPart& part) {
    labelled(words_->why, part.why, gutter());
    for (const DocumentRule& rule : part.rules) {
      if (rule.change == Change::Changed)
        changed(rule);
      else if (rule.change == Change::Removed)
        headed(words_->removed, rule.section, rule.old_text);
      else
        headed(words_->added, rule.section, rule.new_text);
    }
    if (part.unchanged == 0) return;
    Block block{{}, true};
    layout_.line(block, others_same(*words_, part.unchanged), gutter(), words_->same);
    add(std::move(block));
  }

  // A label stands beside the section, or beside the text where the section is the last one.
  void headed(std::string_view label, std::string_view section, std::string_view text) {
    Block block{{}, true};
    if (!section.empty()) layout_.text(block, section, gutter(), std::exchange(label, {}));
    layout_.text(block, text, gutter(), label);
    add(std::move(block));
  }

  void changed(const DocumentRule& rule) {
    const std::size_t index = changed_++;
    std::string before = rule.old_text, after = rule.new_text;
    if (index < marks_.size() && marks_fit(marks_[index], before, after)) {
      before = marked(rule.old_text, marks_[index], Mark::Kind::Delete);
      after = marked(rule.new_text, marks_[index], Mark::Kind::Insert);
    }
    std::string label(words_->was);
    if (rule.section.empty()) label = std::string(words_->changed) + "  " + label;
    const int indent = std::max(gutter(), cells(label) + 2);
    Block block{{}, true};
    if (!rule.section.empty()) layout_.text(block, rule.section, indent, words_->changed);
    layout_.text(block, before, indent, label);
    layout_.text(block, after, indent, words_->now);
    add(std::move(block));
  }

  void labelled(std::string_view label, std::string_view text, int indent) {
    if (text.empty()) return;
    Block block{{}, true};
    layout_.text(block, text, indent, label);
    add(std::move(block));
  }
  void plain(std::string_view text) { labelled({}, text, 0); }

  void add(Block block) {
    if (std::exchange(first_, false)) block.gap = true;
    layout_.add(std::move(block));
  }

  int gutter() const { return std::max(cells(words_->changed), cells(words_->same)) + 2; }

  const std::vector<Marks>& marks_;
  Layout layout_;
  const Furniture* words_ = nullptr;
  std::size_t changed_ = 0;
  bool first_ = true;
};

}  // namespace

std::vector<std::string> to_pages(const Document& document, const std::vector<Marks>& marks,
                                  const PageStyle& style) {
  Composer composer(marks, style);
  for (const DocumentPart& part : document.parts)
    composer.part(part, part.language.empty() ? document.language : part.language);
  return composer.take(document.language);
}

}  // namespace assent
