#pragma once
// The words that passphrases and account names are drawn from: passphrase_words.txt, which the
// build makes a table of (cmake/WordTable.cmake). What is in it, tools/words/make_words.py decides.

#include <span>
#include <string_view>

namespace assent {

// Sorted; each of 3 to 8 letters a-z, none of them rude. No word sounds like another, begins
// another or becomes another by one slip of a finger.
std::span<const std::string_view> passphrase_words();

}  // namespace assent
