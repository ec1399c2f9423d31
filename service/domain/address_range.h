#pragma once
// A range of network addresses, as "10.20.0.0/16" or "2001:db8::/32" says it.

#include <array>
#include <string>

#include "core/base/result.h"

namespace assent {

struct AddressRange {
  std::array<unsigned char, 16> first{};            // IPv4 as IPv4-mapped IPv6
  unsigned bits = 128;                              // how many of them count
  bool contains(const std::string& address) const;  // false for what is no address
  bool is_everybody() const;                        // all of IPv4, or of IPv6
  friend bool operator==(const AddressRange&, const AddressRange&) = default;
};
// Invalid unless it is an address, or one with a length behind which all bits are zero.
Result<AddressRange> parse_address_range(const std::string& text);

}  // namespace assent
