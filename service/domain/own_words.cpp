#include "service/domain/own_words.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/unicode/unicode.h"
#include "service/domain/credential.h"
#include "service/domain/words.h"

namespace assent {
namespace {

// What people choose first where twelve characters are asked for. Without case and spaces.
constexpr std::array<std::string_view, 24> kCommon = {
    "000000000000",  "111222333444",     "123123123123",    "1234567890123",    "123456123456",
    "123456789012",  "1234567890ab",     "123456789abc",    "1q2w3e4r5t6y",     "abcdefghijkl",
    "administrator", "changemechangeme", "guestguestguest", "iloveyouiloveyou", "letmeinletmein",
    "mypasswordis",  "password12345",    "password1234",    "passwordpassword", "qwertyqwerty",
    "qwertyuiop12",  "qwertyuiopasdfgh", "welcome12345",    "welcomewelcome"};

std::size_t length_of(std::string_view text) {
  std::size_t out = 0;
  for_each_codepoint(text, [&](char32_t) { ++out; });
  return out;
}

// Without case, width, accents, and what only stands between words.
std::string bare(std::string_view text) {
  auto folded = fold_for_search(text);
  std::string out = folded ? *std::move(folded) : std::string{};
  std::erase_if(out, [](char c) { return c == ' ' || c == '-' || c == '.' || c == '_'; });
  return out;
}

bool is_one_repeated(std::string_view text) {
  char32_t first = 0;
  bool same = true;
  for_each_codepoint(text, [&](char32_t each) {
    if (first == 0) first = each;
    same = same && each == first;
  });
  return same;
}

// As they stand on slips.
bool is_generated(std::string_view text) {
  const auto passphrase = parse_passphrase(text);
  if (!passphrase) return false;
  const auto known = passphrase_words();
  for (std::size_t at = 0; at <= passphrase->size();) {
    const std::size_t end = std::min(passphrase->find('-', at), passphrase->size());
    const std::string_view word = std::string_view{*passphrase}.substr(at, end - at);
    if (!std::ranges::binary_search(known, word)) return false;
    at = end + 1;
  }
  return true;
}

bool is_guessable(const std::string& words, const WordsChoice& choice) {
  const std::string said = bare(words);
  return is_one_repeated(said) || said == bare(choice.account) || said == bare(choice.name) ||
         is_generated(words) || std::ranges::find(kCommon, said) != kCommon.end();
}

}  // namespace

Result<std::string> own_words_of(std::string_view typed) {
  while (typed.starts_with(' ')) typed.remove_prefix(1);
  while (typed.ends_with(' ')) typed.remove_suffix(1);
  if (typed.empty() || typed.size() > 4 * OwnWordsLimits::kBytes)
    return fail(Code::Invalid, "no words");
  if (!is_utf8(typed)) return fail(Code::Invalid, "not text");
  bool control = false;
  for_each_codepoint(typed, [&](char32_t each) {
    control = control || each < 0x20 || (each >= 0x7F && each < 0xA0);
  });
  if (control) return fail(Code::Invalid, "control characters");
  return nfc(typed);
}

WordsFault check_own_words(const WordsChoice& choice, std::string& out) {
  const auto words = own_words_of(choice.words), again = own_words_of(choice.again);
  if (choice.words.find_first_not_of(' ') == std::string::npos) return WordsFault::TooShort;
  if (choice.words.size() > 4 * OwnWordsLimits::kBytes) return WordsFault::TooLong;
  if (!words) return WordsFault::Unreadable;
  const std::size_t length = length_of(*words);
  if (length < OwnWordsLimits::kLeast) return WordsFault::TooShort;
  if (length > OwnWordsLimits::kMost || words->size() > OwnWordsLimits::kBytes)
    return WordsFault::TooLong;
  if (is_guessable(*words, choice)) return WordsFault::Guessable;
  if (!again || *again != *words) return WordsFault::Differ;
  out = *words;
  return WordsFault::None;
}

}  // namespace assent
