#include "service/domain/address_range.h"

#include <arpa/inet.h>

#include <algorithm>
#include <optional>

namespace assent {
namespace {

constexpr unsigned kBits = 128, kMappedBits = 96, kByte = 8;
using Bytes16 = std::array<unsigned char, 16>;

struct Literal {
  Bytes16 bytes{};
  bool is_v4 = false;
};

std::optional<Literal> read_literal(const std::string& text) {
  Literal out;
  if (inet_pton(AF_INET6, text.c_str(), out.bytes.data()) == 1) return out;
  if (inet_pton(AF_INET, text.c_str(), out.bytes.data() + kMappedBits / kByte) != 1)
    return std::nullopt;
  out.bytes[10] = out.bytes[11] = 0xff;  // ::ffff:a.b.c.d (RFC 4291)
  out.is_v4 = true;
  return out;
}

// With only the first `bits` of it.
Bytes16 masked(Bytes16 bytes, unsigned bits) {
  for (unsigned i = 0; i < bytes.size(); ++i) {
    const unsigned kept = std::min(kByte, bits - std::min(bits, i * kByte));
    bytes[i] = static_cast<unsigned char>(bytes[i] & (0xff00U >> kept));
  }
  return bytes;
}

std::optional<unsigned> read_length(std::string_view text, unsigned most) {
  if (text.empty() || text.size() > 3 || text.find_first_not_of("0123456789") != text.npos)
    return std::nullopt;
  const unsigned out = unsigned(std::stoul(std::string{text}));
  return out <= most ? std::optional(out) : std::nullopt;
}

}  // namespace

bool AddressRange::contains(const std::string& address) const {
  const auto literal = read_literal(address);
  return literal && masked(literal->bytes, bits) == first;
}

bool AddressRange::is_everybody() const {
  const bool is_v4 = first[10] == 0xff && first[11] == 0xff;
  return bits == 0 || (is_v4 && bits == kMappedBits);
}

Result<AddressRange> parse_address_range(const std::string& text) {
  const auto slash = text.find('/');
  const auto literal = read_literal(text.substr(0, slash));
  AddressRange out;
  std::optional<unsigned> length = kBits;
  if (literal && slash != text.npos) {
    const unsigned before = literal->is_v4 ? kMappedBits : 0;
    length = read_length(std::string_view{text}.substr(slash + 1), kBits - before);
    if (length) *length += before;
  }
  if (!literal || !length || masked(literal->bytes, *length) != literal->bytes)
    return fail(Code::Invalid, "must be ranges of addresses, such as \"10.20.0.0/16\"");
  out.first = literal->bytes;
  out.bits = *length;
  return out;
}

}  // namespace assent
