#pragma once
// Which addresses the Windows programs may speak to: the same as core/client allows.

#include <cstdint>
#include <string>

#include "core/base/result.h"

namespace assent::windows {

struct ServiceAddress {
  std::wstring host;
  std::uint16_t port = 0;
  bool https = true;
};

// "https://assent.example.sch.uk", no path, user or query; http:// to a loopback literal alone.
// Invalid, in words.
Result<ServiceAddress> parse_service_address(const std::string& url);

}  // namespace assent::windows
