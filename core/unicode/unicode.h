#pragma once
// What Unicode says about text, behind utf8proc: normal form, letters without case, and how many
// cells a piece takes on a terminal. Text must be valid UTF-8 (core/base/text.h); else Invalid.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent {

// Normalization Form C (UAX #15).
Result<std::string> nfc(std::string_view text);

// The canonical form of a login name, so that JSmith, jsmith and full-width ｊｓｍｉｔｈ are one.
// After PRECIS UsernameCaseMapped (RFC 8265): width folded, lower case, NFC. Denies what that
// profile denies (spaces, controls, symbols such as emoji, zero-width) and text over 256 bytes.
// A realm is not part of it: "SCHOOL\jsmith" and "jsmith@school" are split by the caller.
Result<std::string> fold_login(std::string_view text);

// Letters compared without case or accents' spelling: for searching names only.
Result<std::string> fold_for_search(std::string_view text);

// One user-perceived character (UAX #29) and the terminal cells that it takes (0, 1 or 2).
struct Grapheme {
  std::string_view text;
  int cells;
};
std::vector<Grapheme> graphemes(std::string_view text);
int cells(std::string_view text);

}  // namespace assent
