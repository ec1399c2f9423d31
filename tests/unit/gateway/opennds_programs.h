#pragma once
// What runs on an openNDS gateway, as far as it speaks to us: authmon, binauth_log.sh, assent-cut.

#include <gtest/gtest.h>

#include "core/crypto/crypto.h"
#include "service/gateway/opennds.h"
#include "tests/contract/portal_gateway_world.h"
#include "tests/support/roster_desk.h"
#include "tests/unit/gateway/fas_vectors.h"

namespace assent::gateway {

inline const std::string kGatewayAt = "10.97.0.1";

inline GatewaySettings opennds_hall() {
  GatewaySettings out;
  out.name = "hall";
  out.addresses = {kGatewayAt, "10.96.0.1"};
  return out;
}

inline Brought fas_query(std::string_view fas = kFasGood) {
  return {{"fas", std::string{fas}}, {"iv", std::string{kFasIv}}};
}

// What openNDS's programs send and do, with the devices that are on.
struct Programs {
  std::string post(const std::string& what, const std::string& said) {
    const auto answer = gateway.hear(
        {{"auth_get", what}, {"gatewayhash", "00ff"}, {"payload", to_base64(bytes_of(said))}},
        kGatewayAt);
    return answer ? *answer : "refused: " + answer.error().message;
  }
  // One round of authmon, as it was read: "* TOKEN%20MINUTES ...", then what it took.
  void authmon() {
    const std::string list = post("view", "none");
    std::string done = "*";
    for (std::size_t at = 1; at < list.size();) {
      const auto end = std::min(list.find(' ', at + 1), list.size());
      const std::string one = list.substr(at + 1, end - at - 1);
      on[one.substr(0, 64)] = std::stoi(one.substr(67));
      done += " " + one.substr(0, 64);
      at = end;
    }
    (void)post("view", done);
  }
  void cutter() {
    const std::string list = post("custom", "assent-cut");
    if (list.empty()) return;
    on.clear();
    (void)post("custom", "assent-cut " + list);
  }

  support::DeskClock clock;
  std::vector<std::string> gone;
  std::map<std::string, int> on;  // minutes, by token
  OpenNds gateway{
      opennds_hall(), std::string{kFasKey}, clock,
      [this](const auto& device, const auto& why) { gone.push_back(device + " " + why); }};
};

}  // namespace assent::gateway
