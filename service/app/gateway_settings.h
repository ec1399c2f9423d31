#pragma once
// A gateway of visitors that sends their browsers to the portal, as a school registers it.

#include <cstdint>
#include <string>
#include <vector>

#include "service/domain/address_range.h"

namespace assent {

enum class GatewayKind : std::uint8_t { OpenNds, UniFi, Meraki };

struct GatewaySettings {
  std::string name;  // in the portal's address, and in the rows of stays
  GatewayKind kind = GatewayKind::OpenNds;
  std::vector<AddressRange> clients;   // where its visitors' devices are
  std::string secret_file;             // openNDS: the faskey; UniFi: the API key
  std::vector<std::string> addresses;  // openNDS: where it asks us from
  std::string url, ca_file, site;      // UniFi: of its controller
  std::vector<std::string> hosts;      // Meraki: where a browser may be sent
  friend bool operator==(const GatewaySettings&, const GatewaySettings&) = default;
};

}  // namespace assent
