// The canonical form of login names: RFC 8265 UsernameCaseMapped over RFC 8264's IdentifierClass,
// as far as utf8proc's tables go. Stricter than the RFC where a character depends on its context.
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/letters.h"
#include "core/base/text.h"
#include "core/unicode/mapping.h"
#include "core/unicode/unicode.h"

namespace assent {
namespace {

using Codepoint = utf8proc_int32_t;

std::string encode(char32_t c) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(static_cast<Codepoint>(c), bytes.data());
  return {reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size)};
}

const utf8proc_property_t& property(char32_t c) {
  return *utf8proc_get_property(static_cast<Codepoint>(c));
}

// Full-width and half-width forms only: other compatibility forms are denied later.
Result<std::string> fold_width(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const auto type = property(next_codepoint(text, at)).decomp_type;
    const std::string_view piece = text.substr(start, at - start);
    if (type != UTF8PROC_DECOMP_TYPE_WIDE && type != UTF8PROC_DECOMP_TYPE_NARROW) {
      out += piece;
      continue;
    }
    ASSENT_TRY(const std::string folded, map_text(piece, UTF8PROC_COMPAT | UTF8PROC_COMPOSE));
    out += folded;
  }
  return out;
}

std::string lower_case(std::string_view text) {
  std::string out;
  for_each_codepoint(text, [&](char32_t c) {
    // U+0130 is the one letter whose lower case is two: without its dot it would become "i".
    if (c == 0x130) {
      out += "i\xCC\x87";
    } else {
      out += encode(static_cast<char32_t>(utf8proc_tolower(static_cast<Codepoint>(c))));
    }
  });
  return out;
}

// RFC 8264 section 9.15: letters, digits and the marks on them.
bool is_letter_or_digit(char32_t c) {
  switch (utf8proc_category(static_cast<Codepoint>(c))) {
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: return true;
    default: return false;
  }
}

// RFC 5892 section 2.6 (disallowed letters) and RFC 8264 section 9.9 (old Hangul jamo).
bool is_excepted(char32_t c) {
  constexpr std::array<char32_t, 10> kExcepted = {0x0640, 0x07FA, 0x302E, 0x302F, 0x3031,
                                                  0x3032, 0x3033, 0x3034, 0x3035, 0x303B};
  const bool jamo =
      (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97C) || (c >= 0xD7B0 && c <= 0xD7FB);
  return jamo || std::ranges::find(kExcepted, c) != kExcepted.end();
}

bool has_compatibility_form(char32_t c) {
  const std::string plain = encode(c);
  const auto mapped = map_text(plain, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
  return !mapped || *mapped != plain;
}

bool may_stand_in_login(char32_t c) {
  if (c < 0x80) return c > 0x20 && c < 0x7F;
  if (c == 0x06FD || c == 0x06FE || c == 0x0F0B || c == 0x3007) return true;
  return is_letter_or_digit(c) && !is_excepted(c) && !property(c).ignorable &&
         !has_compatibility_form(c);
}

bool is_right_to_left(utf8proc_bidi_class_t direction) {
  return direction == UTF8PROC_BIDI_CLASS_R || direction == UTF8PROC_BIDI_CLASS_AL;
}

struct Directions {  // which classes of UAX #9 a name holds
  bool left = false, right = false, arabic_number = false, european_number = false;
  utf8proc_bidi_class_t first = UTF8PROC_BIDI_CLASS_ON, last = UTF8PROC_BIDI_CLASS_ON;
};

Directions directions_of(std::string_view text) {
  Directions out;
  bool begun = false;
  for_each_codepoint(text, [&](char32_t c) {
    const auto direction = static_cast<utf8proc_bidi_class_t>(property(c).bidi_class);
    out.left |= direction == UTF8PROC_BIDI_CLASS_L;
    out.right |= is_right_to_left(direction);
    out.arabic_number |= direction == UTF8PROC_BIDI_CLASS_AN;
    out.european_number |= direction == UTF8PROC_BIDI_CLASS_EN;
    if (!begun) out.first = direction;
    if (direction != UTF8PROC_BIDI_CLASS_NSM) out.last = direction;
    begun = true;
  });
  return out;
}

// RFC 5893 section 2, for names that hold any right-to-left character.
bool directions_agree(std::string_view text) {
  const Directions d = directions_of(text);
  if (!d.right && !d.arabic_number) return true;
  const bool good_end = is_right_to_left(d.last) || d.last == UTF8PROC_BIDI_CLASS_EN ||
                        d.last == UTF8PROC_BIDI_CLASS_AN;
  return is_right_to_left(d.first) && !d.left && good_end &&
         !(d.arabic_number && d.european_number);
}

// RFC 5892 A.8 and A.9: Arabic-Indic digits and their extended forms look alike.
bool mixes_arabic_digits(std::string_view text) {
  bool plain = false, extended = false;
  for_each_codepoint(text, [&](char32_t c) {
    plain |= c >= 0x0660 && c <= 0x0669;
    extended |= c >= 0x06F0 && c <= 0x06F9;
  });
  return plain && extended;
}

Status check_login(std::string_view text) {
  if (text.empty()) return fail(Code::Denied, "a login name must not be empty");
  if (text.size() > UnicodeLimits::kLogin)
    return fail(Code::Denied, "a login name is at most 256 bytes");
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_codepoint(text, at);
    if (may_stand_in_login(c)) continue;
    char name[16];
    std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(c));
    return fail(Code::Denied, std::string("a login name cannot hold the character ") + name);
  }
  if (!directions_agree(text) || mixes_arabic_digits(text))
    return fail(Code::Denied, "a login name cannot mix writing directions or kinds of digits");
  return {};
}

// Nothing for ASCII is folded but its capitals, and its printable part may all stand in a login.
bool is_plain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

}  // namespace

Result<std::string> fold_login(std::string_view text) {
  if (text.size() > UnicodeLimits::kLogin)
    return fail(Code::Denied, "a login name is at most 256 bytes");
  if (is_plain(text)) return lower(text);
  if (!is_utf8(text)) return fail(Code::Invalid, "a login name must be UTF-8");
  ASSENT_TRY(const std::string folded, fold_width(text));
  ASSENT_TRY(std::string name, nfc(lower_case(folded)));
  ASSENT_CHECK(check_login(name));
  return name;
}

}  // namespace assent
