#include "admin-cli/csv.h"

#include "core/base/text.h"

namespace assent::cli {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of("\",\n\r") == text.npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string spreadsheet_cell(std::string_view text) {
  // Also behind a separator that a spreadsheet of another language knows, or a quotation mark.
  constexpr std::string_view kFormula = "=+-@";
  const std::string safe = one_line(text);
  const std::size_t first = safe.find_first_not_of(" \"';");
  const bool formula = first != safe.npos && kFormula.find(safe[first]) != kFormula.npos;
  return csv_cell(formula ? "'" + safe : safe);
}

}  // namespace assent::cli
