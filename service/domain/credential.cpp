#include "service/domain/credential.h"

#include <bit>

#include "core/base/letters.h"
#include "service/domain/words.h"

namespace assent {
namespace {

constexpr std::size_t kWordCount = 4;
constexpr std::size_t kTypedMax = 128;  // nobody types more by mistake
constexpr std::uint32_t kNumbers = 1000;
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string draw_word(Random& random) {
  const auto words = passphrase_words();
  return std::string(words[draw_below(random, std::uint32_t(words.size()))]);
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
}

bool is_gap(char c) {
  return c == ' ' || c == '-' || c == '\t';
}

// The digit that a person means by `c`, or npos.
std::size_t digit_of(char c) {
  c = upper(c);
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  return kCrockford.find(c);
}

// Times x in GF(32), modulo x^5 + x^2 + 1, in which x has the order 31: weights of different places
// differ, so that no single change and no exchange of two leaves the sum as it is.
std::uint32_t times_x(std::uint32_t value) {
  value <<= 1;
  return value & 32 ? value ^ 0b100101 : value;
}

std::uint32_t weighted_sum(std::string_view digits) {
  std::uint32_t sum = 0;
  for (const char c : digits) sum = times_x(sum) ^ std::uint32_t(kCrockford.find(c));
  return sum;
}

}  // namespace

std::uint32_t draw_below(Random& random, std::uint32_t limit) {
  const std::uint32_t within = std::uint32_t(-limit) % limit;  // 2^32 mod limit: the uneven rest
  for (;;) {
    const auto drawn = std::bit_cast<std::uint32_t>(random.bytes<4>());
    if (drawn >= within) return drawn % limit;
  }
}

std::string make_guest_login(Random& random) {
  const std::string number = std::to_string(kNumbers + draw_below(random, kNumbers));
  return "v-" + draw_word(random) + "-" + number.substr(1);
}

std::string make_passphrase(Random& random) {
  std::string out = draw_word(random);
  for (std::size_t i = 1; i < kWordCount; ++i) out += "-" + draw_word(random);
  return out;
}

Result<std::string> parse_passphrase(std::string_view text) {
  const auto wrong = fail(Code::Invalid, "A passphrase is four words of the letters a to z.");
  if (text.size() > kTypedMax) return wrong;
  std::string out;
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const char letter = upper(c);
    if (!is_gap(c) && (letter < 'A' || letter > 'Z')) return wrong;
    if (!is_gap(c) && !inside && ++words > 1) out += '-';
    inside = !is_gap(c);
    if (inside) out += lower(letter);
  }
  if (words != kWordCount) return wrong;
  return out;
}

std::string match_code(const std::array<std::byte, 16>& id) {
  constexpr std::size_t kCharacters = 4;
  std::string out;
  for (std::size_t i = 0; i < kCharacters; ++i) out += kCrockford[std::size_t(id[i]) % 32];
  return out;
}

Voucher make_voucher(Random& random) {
  Voucher out;
  while (out.code.size() + 1 < Voucher::kLength) out.code += kCrockford[draw_below(random, 32)];
  out.code += kCrockford[times_x(weighted_sum(out.code))];
  return out;
}

std::string to_text(const Voucher& voucher) {
  std::string out;
  for (std::size_t i = 0; i < voucher.code.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += '-';
    out += voucher.code[i];
  }
  return out;
}

Result<Voucher> parse_voucher(std::string_view text) {
  Voucher out;
  for (const char c : text.substr(0, kTypedMax)) {
    if (is_gap(c)) continue;
    const std::size_t digit = digit_of(c);
    if (digit == kCrockford.npos)
      return fail(Code::Invalid, "A code has only letters and digits. Please look at it again.");
    out.code += kCrockford[digit];
  }
  if (out.code.size() != Voucher::kLength || text.size() > kTypedMax)
    return fail(Code::Invalid, "A code has 12 letters and digits. Please look at it again.");
  if (weighted_sum(out.code) != 0)
    return fail(Code::Invalid, "That code has a typing mistake in it. Please look at it again.");
  return out;
}

}  // namespace assent
