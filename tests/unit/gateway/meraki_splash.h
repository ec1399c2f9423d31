#pragma once
// What Meraki gives a browser on its way to the splash page.

#include "service/gateway/meraki.h"
#include "tests/contract/portal_gateway_world.h"
#include "tests/support/roster_desk.h"

namespace assent::gateway {

inline const std::string kGrant = "https://n143.network-auth.com/splash/grant";

inline GatewaySettings meraki_hall() {
  GatewaySettings out;
  out.name = "hall";
  out.kind = GatewayKind::Meraki;
  out.hosts = {"network-auth.com"};
  return out;
}

inline Brought splash_query(const std::string& grant = kGrant) {
  return {{"base_grant_url", grant},
          {"user_continue_url", "http://meraki.com/"},
          {"node_id", "1301936"},
          {"node_mac", "00:18:0a:13:dd:b0"},
          {"gateway_id", "1301936"},
          {"client_ip", contract::kAt},
          {"client_mac", "02:00:00:00:00:21"}};
}

}  // namespace assent::gateway
