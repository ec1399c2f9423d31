// The furniture's words, and how they are taken off a page again.

#include "core/presentation/furniture.h"

#include <algorithm>

#include "core/base/language.h"
#include "core/presentation/pages.h"

namespace assent {
namespace {

constexpr Furniture kFurniture[] = {
    {"en", "NEW", "CHANGED", "REMOVED", "SAME", "was", "now", "why", "Page", "of",
     "The other rule is the same as when you signed.", "The other ",
     " rules are the same as when you signed."},
    {"cy", "NEWYDD", "NEWIDIWYD", "DILËWYD", "YR UN FATH", "cynt", "nawr", "pam", "Tudalen", "o",
     "Nid yw'r rheol arall wedi newid.", "Nid yw'r ", " rheol arall wedi newid."},
};
constexpr std::string_view kParagraph = "\xE2\x80\xA9";  // U+2029

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

std::string_view trim(std::string_view text) {
  const std::size_t start = text.find_first_not_of(' ');
  if (start == text.npos) return {};
  return text.substr(start, text.find_last_not_of(' ') - start + 1);
}

bool take_back(std::string_view& text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  text.remove_suffix(word.size());
  return true;
}

bool take_number_back(std::string_view& text) {
  const std::size_t end = text.find_last_not_of("0123456789");
  if (end == text.npos || end + 1 == text.size()) return false;
  text = text.substr(0, end + 1);
  return true;
}

// `line` without a "Page 1 of 2" on its right.
std::string_view without_page_number(std::string_view line) {
  for (const Furniture& each : kFurniture) {
    std::string_view rest = line;
    if (!take_number_back(rest) || !take_back(rest, " ") || !take_back(rest, each.of) ||
        !take_back(rest, " ") || !take_number_back(rest) || !take_back(rest, " ") ||
        !take_back(rest, each.page))
      continue;
    const std::size_t text_end = rest.find_last_not_of(' ') + 1;  // 0 when there is none
    if (rest.size() - text_end >= (text_end == 0 ? kPageIndent : kPageGap))
      return rest.substr(0, text_end);
  }
  return line;
}

bool is_same(std::string_view label) {
  return std::ranges::any_of(kFurniture, [&](const auto& each) { return label == each.same; });
}

bool is_label(std::string_view label) {
  return is_number(label) || std::ranges::any_of(kFurniture, [&](const Furniture& each) {
           const auto all = {each.added, each.changed, each.removed, each.was, each.now, each.why};
           return std::ranges::find(all, label) != all.end();
         });
}

// Adds words one by one; the next may belong to the last.
class Collector {
 public:
  void join_next() { join_ = !words_.empty(); }
  void add(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min({text.find(' '), text.find(kParagraph), text.size()});
      word(text.substr(0, end));
      const std::size_t space = end == text.size() ? 0 : text[end] == ' ' ? 1 : kParagraph.size();
      text.remove_prefix(end + space);
    }
  }
  std::vector<std::string> take() {
    std::erase(words_, "");
    return std::move(words_);
  }

 private:
  void word(std::string_view text) {
    std::string plain(text);
    std::erase(plain, kMark);
    if (std::exchange(join_, false))
      words_.back() += plain;
    else
      words_.push_back(std::move(plain));
  }

  std::vector<std::string> words_;
  bool join_ = false;
};

void add_line(Collector& out, std::string_view line) {
  line = trim(without_page_number(line));
  for (std::size_t gap; (gap = line.find("  ")) != line.npos;) {
    const std::string_view label = line.substr(0, gap);
    if (is_same(label)) return;
    if (label == kGoesOn)
      out.join_next();
    else if (!is_label(label))
      break;
    line = trim(line.substr(gap));
  }
  out.add(line);
}

}  // namespace

const Furniture& furniture_for(std::string_view language) {
  const auto* found = std::ranges::find(kFurniture, primary_subtag(language), &Furniture::language);
  return found == std::end(kFurniture) ? kFurniture[0] : *found;
}

std::string page_number(const Furniture& words, std::size_t page, std::size_t of) {
  return std::string(words.page) + ' ' + std::to_string(page) + ' ' + std::string(words.of) + ' ' +
         std::to_string(of);
}

std::string others_same(const Furniture& words, std::uint32_t count) {
  if (count == 1) return std::string(words.other_one);
  return std::string(words.other_before) + std::to_string(count) + std::string(words.other_after);
}

std::vector<std::string> words(std::string_view text) {
  Collector out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    add_line(out, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out.take();
}

}  // namespace assent
