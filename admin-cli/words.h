#pragma once
// How things are said: tables, lists, numbers and times as people read them. Makes text, prints
// nothing.

#include <string>
#include <string_view>
#include <vector>

namespace assent::cli {

// Columns as wide as their widest cell, counted in terminal cells. Cells are one line each.
class Table {
 public:
  explicit Table(std::vector<std::string> heading) : rows_{std::move(heading)} {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.size() == 1; }
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// `text` in one line of at most so many terminal cells; what is left out is an ellipsis.
std::string clipped(std::string_view text, int cells);
// "  name        value", and nothing when the value is empty.
std::string field(std::string_view name, std::string_view value);
// `text` wrapped at 78 cells, every line behind `indent` spaces, the first one behind `label`.
std::string paragraph(std::string_view label, std::string_view text, int indent);
// "a, b, c".
std::string joined(const std::vector<std::string>& items);
// "1,214".
std::string grouped(std::uint64_t number);
// "1 rule", "1,214 rules".
std::string count(std::uint64_t number, std::string_view thing);
// "2026-09-01 08:00 UTC" from RFC 3339; what is not a time comes back as it is.
std::string show_time(std::string_view rfc3339);
// A word for a shell: quoted where it needs it.
std::string shell_word(std::string_view text);

}  // namespace assent::cli
