#include "admin-cli/words.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/presentation/layout.h"
#include "core/unicode/unicode.h"

namespace assent::cli {
namespace {

constexpr std::string_view kGap = "  ";
constexpr int kFieldCells = 13;

std::string padded(const std::string& text, int width) {
  return text + std::string(std::size_t(std::max(0, width - cells(text))), ' ');
}

}  // namespace

std::string Table::text() const {
  std::vector<int> widths;
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], cells(one_line(row[i])));
    }
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += (i == 0 ? "" : std::string(kGap)) + padded(one_line(row[i]), widths[i]);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string clipped(std::string_view text, int most) {
  const std::string line = one_line(text);
  if (cells(line) <= most) return line;
  std::string out;
  int taken = 1;  // of the ellipsis
  for (const Grapheme& piece : graphemes(line)) {
    if ((taken += piece.cells) > most) break;
    out += piece.text;
  }
  return out + "\u2026";
}

std::string field(std::string_view name, std::string_view value) {
  if (value.empty()) return "";
  return std::string(kGap) + padded(one_line(name), kFieldCells) + " " + one_line(value) + "\n";
}

std::string paragraph(std::string_view label, std::string_view text, int indent) {
  PageStyle style = PageStyle::terminal();
  style.margin = 0;
  Block block;
  Layout(style).text(block, text, indent, label);
  std::string out;
  for (const std::string& line : block.lines) out += line + "\n";
  return out;
}

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ", ") + item;
  return out;
}

std::string grouped(std::uint64_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

std::string count(std::uint64_t number, std::string_view thing) {
  return grouped(number) + " " + std::string(thing) + (number == 1 ? "" : "s");
}

std::string show_time(std::string_view rfc3339) {
  if (!parse_rfc3339(rfc3339)) return std::string(rfc3339);
  return std::string(rfc3339.substr(0, 10)) + " " + std::string(rfc3339.substr(11, 5)) + " UTC";
}

std::string shell_word(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@,+=";
  if (!text.empty() && text.find_first_not_of(kPlain) == text.npos) return std::string(text);
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace assent::cli
