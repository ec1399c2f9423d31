#pragma once
// What openNDS gives a browser to bring to its portal (FAS level 3): AES-256-CBC, which keeps a
// secret and proves nothing. So it is read as anything that a stranger sends. This folder alone
// sees libcrypto.

#include <string>

#include "core/base/result.h"

namespace assent::gateway {

struct FasQuery {
  std::string hid;      // the gateway's name of this device's visit: 64 hexadecimal digits
  std::string address;  // of the device, as the gateway sees it
  std::string device;   // its hardware address, "02-00-00-00-00-21"
  std::string gateway;  // GatewayName
};
struct FasLimits {
  static constexpr std::size_t kKeyMin = 16, kKeyMax = 32;
};

// A key as openNDS can have one: letters and digits.
bool is_fas_key(std::string_view key);
// Invalid, in words for whoever runs the gateway, unless it was made with `key` and all that stands
// above is there, first and in openNDS's order. Never more than that is believed of it.
Result<FasQuery> read_fas(std::string_view fas, std::string_view iv, std::string_view key);

}  // namespace assent::gateway
