#include "core/base/bytes.h"

#include <array>
#include <cstdint>

namespace assent {
namespace {

struct Alphabet {  // of 2^bits letters
  static constexpr std::uint8_t kNoLetter = 0xff;

  constexpr Alphabet(unsigned bits_of, std::string_view all) : bits(bits_of), letters(all) {
    digits.fill(kNoLetter);
    for (std::size_t i = 0; i < all.size(); ++i)
      digits[static_cast<unsigned char>(all[i])] = static_cast<std::uint8_t>(i);
  }

  unsigned bits;
  std::string_view letters;
  std::array<std::uint8_t, 256> digits{};  // by letter
};

constexpr Alphabet kHex{4, "0123456789abcdef"};
constexpr Alphabet kBase64{6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"};
constexpr Alphabet kBase64Url{6,
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};
constexpr Alphabet kBase32{5, "abcdefghijklmnopqrstuvwxyz234567"};

// One encoder and one decoder serve them all; the alphabet is known when they are compiled, because
// a page's sealed state goes through both.
template <const Alphabet& kAlphabet>
std::string encode(Bytes bytes) {
  constexpr unsigned kBits = kAlphabet.bits;
  std::string out((bytes.size() * 8 + kBits - 1) / kBits, '\0');
  char* next = out.data();
  std::uint32_t held = 0;
  unsigned count = 0;
  for (const std::byte byte : bytes) {
    held = held << 8 | std::to_integer<std::uint32_t>(byte);
    for (count += 8; count >= kBits; count -= kBits)
      *next++ = kAlphabet.letters[held >> (count - kBits) & ((1u << kBits) - 1)];
  }
  if (count > 0) *next = kAlphabet.letters[held << (kBits - count) & ((1u << kBits) - 1)];
  return out;
}

template <const Alphabet& kAlphabet>
Result<Blob> decode(std::string_view text) {
  constexpr unsigned kBits = kAlphabet.bits;
  Blob out(text.size() * kBits / 8);
  std::byte* next = out.data();
  std::uint32_t held = 0;
  unsigned count = 0;
  for (const char letter : text) {
    const std::uint8_t digit = kAlphabet.digits[static_cast<unsigned char>(letter)];
    if (digit == Alphabet::kNoLetter) return fail(Code::Invalid, "a letter is not allowed here");
    held = held << kBits | digit;
    count += kBits;
    if (count >= 8) {
      count -= 8;
      *next++ = std::byte(held >> count & 0xff);
    }
  }
  // A second spelling of the same bytes: leftover bits that are not zero, or a letter too many.
  if (count >= kBits || (held & ((1u << count) - 1)) != 0)
    return fail(Code::Invalid, "the text is cut short or has bits left over");
  return out;
}

}  // namespace

std::string to_hex(Bytes bytes) {
  return encode<kHex>(bytes);
}
std::string to_base64url(Bytes bytes) {
  return encode<kBase64Url>(bytes);
}
std::string to_base32(Bytes bytes) {
  return encode<kBase32>(bytes);
}
std::string to_base64(Bytes bytes) {
  std::string out = encode<kBase64>(bytes);
  out.resize((out.size() + 3) / 4 * 4, '=');
  return out;
}

Result<Blob> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(Code::Invalid, "hexadecimal has an even number of digits");
  return decode<kHex>(text);
}
Result<Blob> from_base64url(std::string_view text) {
  return decode<kBase64Url>(text);
}
Result<Blob> from_base32(std::string_view text) {
  return decode<kBase32>(text);
}
Result<Blob> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return fail(Code::Invalid, "base64 comes in groups of four letters");
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return decode<kBase64>(text);
}

}  // namespace assent
