#pragma once
// Ranges of network addresses (CIDR, RFC 4632 and RFC 4291), to tell who is on the school's site.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent {

struct Network {
  std::array<unsigned char, 16> base{};  // an IPv4 address stands as ::ffff:a.b.c.d
  unsigned bits = 0;                     // of the 128 that count
  friend bool operator==(const Network&, const Network&) = default;
};

// "10.20.0.0/16" or "fd00:1::/32". Invalid without a length, with bits set behind it, or for
// everything there is ("0.0.0.0/0").
Result<Network> parse_network(std::string_view text);
// Whether an address as a socket or the edge names it is in one of them. False for what is none.
bool is_within(const std::vector<Network>& networks, std::string_view address);

}  // namespace assent
