// Breaks at paragraphs, then at words, then (a word longer than a line) at graphemes, and only
// where one grapheme is longer than a page at code points.

#include "core/presentation/layout.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/unicode/unicode.h"

namespace assent {
namespace {

constexpr std::string_view kParagraph = "\xE2\x80\xA9";  // U+2029
constexpr int kGoesOnWidth = 4;                          // kGoesOn and two spaces
constexpr int kPageNumberWidth = 20;                     // "Tudalen 1234 o 1234"

struct Room {
  int cells;
  std::size_t bytes;
};

struct Piece {  // of a text: one line of it
  std::string text;
  bool goes_on = false;  // begins inside a word
  int cells = 0;
};

class Wrapper {
 public:
  explicit Wrapper(Room room) : room_(room) {}

  void paragraph(std::string_view text) {
    lines_.push_back({});
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(' '), text.size());
      word(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  std::vector<Piece> take() { return std::move(lines_); }

 private:
  bool has_room(int cells, std::size_t bytes) const {
    const Piece& line = lines_.back();
    return line.cells + cells <= room_.cells && line.text.size() + bytes <= room_.bytes;
  }
  void append(std::string_view text, int cells) {
    lines_.back().text += text;
    lines_.back().cells += cells;
  }
  void word(std::string_view text) {
    const int wide = cells(text);
    const bool first = lines_.back().text.empty();
    if (has_room(wide + (first ? 0 : 1), text.size() + 1)) {
      if (!first) append(" ", 1);
      return append(text, wide);
    }
    if (!first) lines_.push_back({});
    if (has_room(wide, text.size())) return append(text, wide);
    for (const Grapheme& each : graphemes(text)) part(each);
  }
  void part(const Grapheme& grapheme) {
    if (grapheme.text.size() <= room_.bytes) return piece(grapheme.text, grapheme.cells);
    for (std::size_t at = 0; at < grapheme.text.size();) {
      const std::size_t start = at;
      next_codepoint(grapheme.text, at);
      piece(grapheme.text.substr(start, at - start), start == 0 ? grapheme.cells : 0);
    }
  }
  void piece(std::string_view text, int wide) {
    if (!has_room(wide, text.size())) lines_.push_back({"", true});
    append(text, wide);
  }

  Room room_;
  std::vector<Piece> lines_;
};

std::vector<Piece> wrap(std::string_view text, Room room) {
  Wrapper wrapper(room);
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(kParagraph, start), text.size());
    wrapper.paragraph(text.substr(start, end - start));
    start = end + kParagraph.size();
  }
  return wrapper.take();
}

std::string spaces(int count) {
  return std::string(std::size_t(std::max(count, 0)), ' ');
}

// `label` and two spaces, ending at cell `indent`; without a label spaces alone.
std::string lead(int indent, std::string_view label) {
  if (label.empty()) return spaces(indent);
  return spaces(indent - 2 - cells(label)) + std::string(label) + "  ";
}

}  // namespace

Layout::Layout(const PageStyle& style) : style_(style) {
  style_.columns = std::max(style_.columns, 64);
  style_.rows = std::max(style_.rows, 4);
  style_.margin = std::clamp(style_.margin, 0, 4);
  const std::size_t least = std::max<std::size_t>(256, std::size_t(style_.columns) * 3);
  if (style_.bytes > 0) style_.bytes = std::max(style_.bytes, least);
}

// What a line may hold beside the page's first line.
std::size_t Layout::line_bytes(int indent) const {
  if (style_.bytes == 0) return std::string::npos;
  return style_.bytes - std::size_t(style_.columns) - 4 - std::size_t(indent);
}

void Layout::begin(std::string_view title) {
  const int width = style_.columns - style_.margin - kPageNumberWidth - int(kPageGap);
  Page page = empty_page();
  Block rest{{}, false, true};
  for (const Piece& piece : wrap(title, {width, line_bytes(style_.margin + kGoesOnWidth)})) {
    const std::string start = piece.goes_on ? lead(kGoesOnWidth, kGoesOn) : "";
    const std::string line = spaces(style_.margin) + start + piece.text;
    if (page.title.empty())
      page.title = line;
    else
      rest.lines.push_back(line);
  }
  page.bytes += page.title.size();
  pages_.push_back(std::move(page));
  add(std::move(rest));
}

void Layout::text(Block& block, std::string_view text, int indent, std::string_view label) const {
  const int behind = style_.margin + indent;
  const int most = std::max(behind, kGoesOnWidth);
  bool first = true;
  for (const Piece& piece : wrap(text, {style_.columns - most, line_bytes(most)})) {
    const std::string start =
        piece.goes_on ? lead(most, kGoesOn) : lead(behind, first ? label : std::string_view{});
    block.lines.push_back(start + piece.text);
    first = false;
  }
}

void Layout::line(Block& block, std::string_view text, int indent, std::string_view label) const {
  block.lines.push_back(lead(style_.margin + indent, label) + std::string(text));
}

// Its first line counts as full: what is on it is known when all pages are.
Layout::Page Layout::empty_page() const {
  return {"", {}, std::size_t(style_.columns) + 1};
}

bool Layout::wants_gap(const Page& page, const Block& block) const {
  const bool spacious = style_.rows > 10;
  return spacious && (block.gap || (page.lines.empty() && !block.title));
}

bool Layout::fits(const Page& page, const Block& block) const {
  std::size_t lines = 1 + page.lines.size() + block.lines.size(), bytes = page.bytes;
  if (wants_gap(page, block)) ++lines, ++bytes;
  for (const std::string& line : block.lines) bytes += line.size() + 1;
  return lines <= std::size_t(style_.rows) && (style_.bytes == 0 || bytes <= style_.bytes);
}

void Layout::put(std::string line) {
  pages_.back().bytes += line.size() + 1;
  pages_.back().lines.push_back(std::move(line));
}

void Layout::add(Block block) {
  if (!fits(pages_.back(), block) && fits(empty_page(), block)) pages_.push_back(empty_page());
  for (std::string& line : block.lines) {
    const Block one{{line}, std::exchange(block.gap, false), block.title};
    if (!fits(pages_.back(), one)) pages_.push_back(empty_page());
    if (wants_gap(pages_.back(), one)) put("");
    put(std::move(line));
  }
}

std::string Layout::render(const Page& page, const std::string& number) const {
  std::string out = page.title + spaces(style_.columns - cells(page.title) - cells(number));
  out += number + '\n';
  for (const std::string& line : page.lines) out += line + '\n';
  return out;
}

std::vector<std::string> Layout::take(const Furniture& words) {
  std::vector<std::string> out;
  for (const Page& page : pages_)
    out.push_back(render(page, page_number(words, out.size() + 1, pages_.size())));
  return out;
}

}  // namespace assent
