#include "service/domain/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace assent {
namespace {

using Bytes = std::array<unsigned char, 16>;

constexpr unsigned kBits4 = 32, kBits6 = 128;

struct ReadAddress {
  Bytes bytes{};
  bool is_v4 = false;
};

std::optional<ReadAddress> read_address(std::string_view text) {
  const std::string whole(text);
  ReadAddress out;
  if (::inet_pton(AF_INET6, whole.c_str(), out.bytes.data()) == 1) return out;
  out.bytes[10] = out.bytes[11] = 0xFF;
  out.is_v4 = true;
  if (::inet_pton(AF_INET, whole.c_str(), out.bytes.data() + 12) == 1) return out;
  return std::nullopt;
}

bool same_start(const Bytes& a, const Bytes& b, unsigned bits) {
  for (unsigned bit = 0; bit < bits; ++bit) {
    const unsigned char mask = static_cast<unsigned char>(0x80u >> (bit % 8));
    if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) return false;
  }
  return true;
}

bool is_clear_behind(const Bytes& bytes, unsigned bits) {
  for (unsigned bit = bits; bit < kBits6; ++bit)
    if ((bytes[bit / 8] & (0x80u >> (bit % 8))) != 0) return false;
  return true;
}

}  // namespace

Result<Network> parse_network(std::string_view text) {
  const auto wrong = [&] {
    return fail(Code::Invalid, "\"" + std::string(text) + "\" must be such as \"10.20.0.0/16\"");
  };
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return wrong();
  const auto address = read_address(text.substr(0, slash));
  const std::string_view length = text.substr(slash + 1);
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
  if (!address || error != std::errc{} || end != length.data() + length.size()) return wrong();
  const unsigned most = address->is_v4 ? kBits4 : kBits6;
  if (bits > most) return wrong();
  if (bits == 0) return fail(Code::Invalid, "\"" + std::string(text) + "\" is everybody");
  const Network out{address->bytes, bits + kBits6 - most};
  if (!is_clear_behind(out.base, out.bits))
    return fail(Code::Invalid, "\"" + std::string(text) + "\" has bits set behind its length");
  return out;
}

bool is_within(const std::vector<Network>& networks, std::string_view address) {
  const auto read = read_address(address);
  return read && std::ranges::any_of(networks, [&](const Network& network) {
           return same_start(network.base, read->bytes, network.bits);
         });
}

}  // namespace assent
