#pragma once
// Untrusted text becomes safe text once, where it comes in. What may be shown on a terminal is
// decided here for every program.

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace assent {

// True if `text` is well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool is_utf8(std::string_view text);

// True for what must never reach a screen: C0 but TAB and LF, DEL, C1, bidi controls
// (U+061C, U+200E-F, U+202A-E, U+2066-9), U+200B, U+FEFF, line and paragraph separators.
bool is_unsafe(char32_t codepoint);

// `text` with every unsafe or malformed part replaced by U+FFFD. LF and TAB stay.
std::string terminal_safe(std::string_view text);
// The same for one line: LF and TAB are replaced as well. For logs and prompts.
std::string one_line(std::string_view text);

// Invalid unless `text` is UTF-8 with no unsafe character, LF or TAB, within `max` bytes.
Status check_line(std::string_view text, std::size_t max);

// Calls `each(char32_t)` for every code point; malformed bytes come as 0xFFFFFFFF, one each.
template <class Each>
void for_each_codepoint(std::string_view text, Each each);

// Reads the code point at text[at], moving `at` past it; 0xFFFFFFFF for one malformed byte.
char32_t next_codepoint(std::string_view text, std::size_t& at);

template <class Each>
void for_each_codepoint(std::string_view text, Each each) {
  for (std::size_t at = 0; at < text.size();) each(next_codepoint(text, at));
}

}  // namespace assent
