#include "core/base/text.h"

#include <algorithm>

namespace assent {
namespace {

constexpr char32_t kMalformed = 0xFFFFFFFF;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Nearly every name is of this kind, and is judged without decoding.
bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool between(char32_t c, char32_t low, char32_t high) {
  return c >= low && c <= high;
}

std::string replace_unsafe(std::string_view text, bool keep_breaks) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_codepoint(text, at);
    const bool is_break = c == '\n' || c == '\t';
    const bool bad = c == kMalformed || is_unsafe(c) || (is_break && !keep_breaks);
    out += bad ? kReplacement : text.substr(start, at - start);
  }
  return out;
}

}  // namespace

char32_t next_codepoint(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return ++at, first;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || at + length > text.size()) return ++at, kMalformed;
  char32_t c = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return ++at, kMalformed;
    c = c << 6 | (byte(at + i) & 0x3Fu);
  }
  const char32_t least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
  if (c < least || c > 0x10FFFF || between(c, 0xD800, 0xDFFF)) return ++at, kMalformed;
  at += length;
  return c;
}

bool is_utf8(std::string_view text) {
  bool good = true;
  for_each_codepoint(text, [&](char32_t c) { good = good && c != kMalformed; });
  return good;
}

bool is_unsafe(char32_t c) {
  if (c == '\n' || c == '\t') return false;
  return c < 0x20 || between(c, 0x7F, 0x9F) || c == 0x061C || c == 0x200B || c == 0x200E ||
         c == 0x200F || between(c, 0x2028, 0x202E) || between(c, 0x2066, 0x2069) || c == 0xFEFF;
}

std::string terminal_safe(std::string_view text) {
  return replace_unsafe(text, true);
}
std::string one_line(std::string_view text) {
  return replace_unsafe(text, false);
}

Status check_line(std::string_view text, std::size_t max) {
  if (text.size() > max)
    return fail(Code::Invalid, "is longer than " + std::to_string(max) + " bytes");
  if (is_printable_ascii(text)) return {};
  bool good = true;
  for_each_codepoint(text, [&](char32_t c) {
    good = good && c != kMalformed && !is_unsafe(c) && c != '\n' && c != '\t';
  });
  if (!good) return fail(Code::Invalid, "holds a control character or is not UTF-8");
  return {};
}

}  // namespace assent
