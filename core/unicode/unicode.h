#pragma once
// What Unicode says about text, behind utf8proc: normal form, letters without case, and how many
// cells a piece takes on a terminal. Text must be valid UTF-8 (core/base/text.h); else Invalid.
// Pure, any thread.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent {

struct UnicodeLimits {
  static constexpr std::size_t kText = 1024 * 1024;  // bytes that any call here takes
  static constexpr std::size_t kLogin = 256;         // bytes of a login name, before and after
};

// Normalization Form C (UAX #15).
Result<std::string> nfc(std::string_view text);

// The canonical form of a login name, so that JSmith, jsmith and full-width "ｊｓｍｉｔｈ" are
// one. After PRECIS UsernameCaseMapped (RFC 8265): width folded, lower case, NFC; folding twice
// changes nothing. Denied is what that profile denies (spaces, controls, symbols such as emoji,
// right-to-left mixed with left-to-right), every zero-width character and mark that RFC 5892
// allows in some contexts only, an empty name and text over 256 bytes. It does not tell
// look-alikes apart: Cyrillic "а" is accepted. A realm is not part of it: "SCHOOL\jsmith" and
// "jsmith@school" are split by the caller.
Result<std::string> fold_login(std::string_view text);

// Letters compared without case, width and accents ("Siôn" and "sion" are one): for searching
// names only, never for telling people apart.
Result<std::string> fold_for_search(std::string_view text);

// One user-perceived character (UAX #29) and the terminal cells that it takes (0, 1 or 2). `text`
// points into the argument. A malformed byte is a piece of one cell (it shows as U+FFFD).
struct Grapheme {
  std::string_view text;
  int cells;
};
std::vector<Grapheme> graphemes(std::string_view text);
int cells(std::string_view text);

}  // namespace assent
