// Normal forms, search folding and graphemes. What a login name may hold is in login.cpp.
#include "core/unicode/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "core/base/text.h"
#include "core/unicode/mapping.h"

namespace assent {
namespace {

constexpr char32_t kMalformed = 0xFFFFFFFF;
constexpr char32_t kEmojiStyle = 0xFE0F;  // variation selector 16: draw as a wide picture

bool is_regional(char32_t c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}

int cells_of(char32_t c) {
  if (c == kMalformed) return 1;
  return std::clamp(utf8proc_charwidth(static_cast<utf8proc_int32_t>(c)), 0, 2);
}

// Marks add nothing to the character they stand on, so the widest code point decides.
int cells_of_piece(std::string_view piece) {
  int width = 0, regional = 0;
  for_each_codepoint(piece, [&](char32_t c) {
    width = std::max(width, cells_of(c));
    regional += is_regional(c);
    if (c == kEmojiStyle && width > 0) width = 2;
  });
  return regional == 2 ? 2 : width;
}

bool breaks_between(char32_t before, char32_t after, utf8proc_int32_t& state) {
  if (before == kMalformed || after == kMalformed) return state = 0, true;
  return utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before),
                                          static_cast<utf8proc_int32_t>(after), &state);
}

}  // namespace

Result<std::string> map_text(std::string_view text, int options) {
  if (text.size() > UnicodeLimits::kText) return fail(Code::Invalid, "text is longer than 1 MiB");
  if (!is_utf8(text)) return fail(Code::Invalid, "text is not UTF-8");
  if (text.empty()) return std::string();
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                 static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return fail(Code::Invalid, utf8proc_errmsg(size));
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

Result<std::string> nfc(std::string_view text) {
  return map_text(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

Result<std::string> fold_for_search(std::string_view text) {
  return map_text(text, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
                            UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
}

std::vector<Grapheme> graphemes(std::string_view text) {
  std::vector<Grapheme> out;
  const auto add = [&](std::string_view piece) { out.push_back({piece, cells_of_piece(piece)}); };
  utf8proc_int32_t state = 0;
  std::size_t start = 0;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const char32_t c = next_codepoint(text, at);
    if (here > start && breaks_between(before, c, state)) {
      add(text.substr(start, here - start));
      start = here;
    }
    before = c;
  }
  if (start < text.size()) add(text.substr(start));
  return out;
}

int cells(std::string_view text) {
  int sum = 0;
  for (const Grapheme& piece : graphemes(text)) sum += piece.cells;
  return sum;
}

}  // namespace assent
