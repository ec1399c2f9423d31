#include "core/base/bytes.h"

#include <cstdint>

namespace assent {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";

// Every alphabet here has 2^bits letters: one encoder and one decoder serve them all.
std::string encode(Bytes bytes, std::string_view alphabet, unsigned bits) {
  std::string out;
  out.reserve((bytes.size() * 8 + bits - 1) / bits);
  std::uint32_t held = 0;
  unsigned count = 0;
  for (const std::byte byte : bytes) {
    held = held << 8 | std::to_integer<std::uint32_t>(byte);
    for (count += 8; count >= bits; count -= bits)
      out += alphabet[held >> (count - bits) & ((1u << bits) - 1)];
  }
  if (count > 0) out += alphabet[held << (bits - count) & ((1u << bits) - 1)];
  return out;
}

Result<Blob> decode(std::string_view text, std::string_view alphabet, unsigned bits) {
  Blob out;
  out.reserve(text.size() * bits / 8);
  std::uint32_t held = 0;
  unsigned count = 0;
  for (const char letter : text) {
    const auto digit = alphabet.find(letter);
    if (digit == std::string_view::npos) return fail(Code::Invalid, "a letter is not allowed here");
    held = held << bits | std::uint32_t(digit);
    count += bits;
    if (count >= 8) {
      count -= 8;
      out.push_back(std::byte(held >> count & 0xff));
    }
  }
  // A second spelling of the same bytes: leftover bits that are not zero, or a letter too many.
  if (count >= bits || (held & ((1u << count) - 1)) != 0)
    return fail(Code::Invalid, "the text is cut short or has bits left over");
  return out;
}

}  // namespace

std::string to_hex(Bytes bytes) { return encode(bytes, kHex, 4); }
std::string to_base64url(Bytes bytes) { return encode(bytes, kBase64Url, 6); }
std::string to_base32(Bytes bytes) { return encode(bytes, kBase32, 5); }
std::string to_base64(Bytes bytes) {
  std::string out = encode(bytes, kBase64, 6);
  out.resize((out.size() + 3) / 4 * 4, '=');
  return out;
}

Result<Blob> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(Code::Invalid, "hexadecimal has an even number of digits");
  return decode(text, kHex, 4);
}
Result<Blob> from_base64url(std::string_view text) { return decode(text, kBase64Url, 6); }
Result<Blob> from_base32(std::string_view text) { return decode(text, kBase32, 5); }
Result<Blob> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return fail(Code::Invalid, "base64 comes in groups of four letters");
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return decode(text, kBase64, 6);
}

}  // namespace assent
