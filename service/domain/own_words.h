#pragma once
// Words that a guest chooses instead of a generated passphrase. Length is what makes them hard to
// guess, so there are no rules about capitals and digits (NIST SP 800-63B, 5.1.1.2).

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace assent {

// Code points in normal form C. RADIUS carries no password of more bytes (RFC 2865, 5.2).
struct OwnWordsLimits {
  static constexpr std::size_t kLeast = 12, kMost = 64, kBytes = 128;
};

enum class WordsFault : std::uint8_t {
  None,
  Differ,      // the second time they were others
  TooShort,    //
  TooLong,     //
  Unreadable,  // control characters, or no text
  Guessable    // whose they are says them, they repeat, or they were printed on somebody's slip
};

// The same words however they were typed: normal form C, no spaces around them. Invalid for what
// check_own_words() would never have let through for what it is made of.
Result<std::string> own_words_of(std::string_view typed);

struct WordsChoice {
  std::string words, again;   // as typed
  std::string account, name;  // of the guest
};
// `out`: what own_words_of() makes of them, where there is no fault.
WordsFault check_own_words(const WordsChoice& choice, std::string& out);

}  // namespace assent
