#pragma once
// What a guest is given to get in with: an account's name and a passphrase, or a voucher code. Made
// here and read back as people write them; how a secret is kept and verified is decided elsewhere.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/crypto/crypto.h"

namespace assent {

// A number below `limit`, which is not 0; each as likely as any other.
std::uint32_t draw_below(Random& random, std::uint32_t limit);

// "v-maple-042". Whether somebody has it already is for the caller to see, and to ask again.
std::string make_guest_login(Random& random);

// "maple-robin-tunnel-sixpence": four words, at least 50 bits. Shown once and never stored.
std::string make_passphrase(Random& random);
// What was made, from what somebody typed: capitals, and any number of spaces or hyphens between
// words, do not matter. Invalid when it cannot be one, whatever the words.
Result<std::string> parse_passphrase(std::string_view text);

// "7K4M": what a visitor's page and the desk both show of one request, to be compared by people.
// No secret. Two may have the same.
std::string match_code(const std::array<std::byte, 16>& id);

// Eleven characters of Crockford's base32, 55 bits, and one that checks them: every wrong character
// and every two that changed places are found without asking anybody.
struct Voucher {
  static constexpr std::size_t kLength = 12;
  std::string code;  // of 0-9 and A-Z but I, L, O and U
  friend bool operator==(const Voucher&, const Voucher&) = default;
};
Voucher make_voucher(Random& random);
std::string to_text(const Voucher& voucher);  // "7K4M-2PXQ-93TW", as it is printed
// Capitals, spaces and hyphens do not matter; O is read as 0, I and L as 1. Invalid says what is
// wrong with it, in words for the visitor, and never repeats it.
Result<Voucher> parse_voucher(std::string_view text);

}  // namespace assent
