#include "winlogon-shim/chain/value/list.h"

#include <algorithm>

#include "core/base/letters.h"
#include "winlogon-shim/chain/value/chain_value.h"

namespace assent::windows {
namespace {

constexpr std::string_view kSpaces = " \t";
constexpr std::string_view kProgramEnd = ".exe";

// "C:\Program Files\a.exe -x" without quotes: Windows tries each space; the first .exe is what
// people mean.
std::string_view unquoted_program(std::string_view entry) {
  for (std::size_t end = kProgramEnd.size(); end <= entry.size(); ++end) {
    const bool ends = end == entry.size() || kSpaces.find(entry[end]) != kSpaces.npos;
    if (ends &&
        same_letters(entry.substr(end - kProgramEnd.size(), kProgramEnd.size()), kProgramEnd))
      return entry.substr(0, end);
  }
  return entry.substr(0, entry.find_first_of(kSpaces));
}

std::string_view program_of(std::string_view entry) {
  if (!entry.starts_with('"')) return unquoted_program(entry);
  entry.remove_prefix(1);
  return entry.substr(0, entry.find('"'));
}

std::string_view file_name(std::string_view path) {
  return path.substr(path.find_last_of("\\/") + 1);
}

}  // namespace

std::vector<std::string> pieces_of(std::string_view list) {
  // A quote that is never closed quotes nothing.
  const bool has_quotes = std::ranges::count(list, '"') % 2 == 0;
  std::vector<std::string> out(1);
  bool quoted = false;
  for (const char c : list) {
    if (c == '"' && has_quotes) quoted = !quoted;
    if (c == ',' && !quoted)
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

std::string joined(const std::vector<std::string>& pieces) {
  std::string out;
  for (std::size_t i = 0; i < pieces.size(); ++i) out += (i ? "," : "") + pieces[i];
  return out;
}

std::string trimmed(std::string_view piece) {
  const std::size_t from = piece.find_first_not_of(kSpaces);
  if (from == piece.npos) return "";
  return std::string(piece.substr(from, piece.find_last_not_of(kSpaces) - from + 1));
}

std::vector<std::string> entries_of(std::string_view list) {
  std::vector<std::string> out;
  for (const std::string& piece : pieces_of(list))
    if (std::string entry = trimmed(piece); !entry.empty()) out.push_back(std::move(entry));
  return out;
}

bool starts_program(std::string_view entry, std::string_view program) {
  return same_letters(file_name(program_of(trimmed(entry))), file_name(program));
}

}  // namespace assent::windows
