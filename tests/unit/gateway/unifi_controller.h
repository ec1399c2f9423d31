#pragma once
// UniFi's controller with one device, on the loopback, as its integration API answers.

#include "core/formats/json.h"
#include "service/gateway/unifi.h"
#include "tests/contract/portal_gateway_world.h"
#include "tests/support/roster_desk.h"
#include "tests/support/tiny_server.h"

namespace assent::gateway {

inline const std::string kSite = "88f7af54-98f8-306a-a1c7-c9349722b1f6";
inline const std::string kClientId = "6f3b6677-e61a-3057-8a4f-74ea11396064";
inline const std::string kMac = "02:00:00:00:00:21";

// It has one device on its network, and knows one key.
class Controller {
 public:
  std::string url() const { return server_.url(); }
  void set(const std::string& address, int status = 200) {
    const std::lock_guard lock{mutex_};
    address_ = address;
    status_ = status;
  }
  std::int64_t minutes_left() const {  // of the device; 0: it is not on
    const std::lock_guard lock{mutex_};
    return minutes_;
  }

 private:
  void serve(testing::Connection& connection) {
    for (std::string asked; !(asked = connection.read_request()).empty();) {
      const auto [status, body] = answer(asked);
      if (!connection.reply(status, body)) return;
    }
  }
  std::pair<int, std::string> answer(const std::string& asked) {
    const std::lock_guard lock{mutex_};
    const std::string path = "/proxy/network/integration/v1/sites/" + kSite + "/clients";
    if (status_ != 200) return {status_, "{}"};
    if (asked.find("X-API-KEY: key\r\n") == asked.npos) return {401, "{}"};
    if (asked.starts_with("GET " + path + "?filter=macAddress.eq(%27" + kMac + "%27) "))
      return {
          200,
          R"({"offset":0,"limit":25,"count":1,"totalCount":1,"data":[{"type":"WIRELESS","id":")" +
              kClientId + R"(","macAddress":")" + kMac + R"(","ipAddress":")" + address_ +
              R"("}]})"};
    if (asked.starts_with("GET " + path)) return {200, R"({"count":0,"data":[]})"};
    if (!asked.starts_with("POST " + path + "/" + kClientId + "/actions ")) return {404, "{}"};
    const auto body = parse_json(asked.substr(asked.find("\r\n\r\n") + 4), {.bytes = 1024});
    const bool on = *body->find("action")->text() == "AUTHORIZE_GUEST_ACCESS";
    minutes_ = on ? *body->find("timeLimitMinutes")->integer() : 0;
    return {200, R"({"action":"done"})"};
  }

  mutable std::mutex mutex_;
  std::string address_ = contract::kAt;
  int status_ = 200;
  std::int64_t minutes_ = 0;
  testing::TinyServer server_{[this](testing::Connection& connection) { serve(connection); }};
};

inline GatewaySettings unifi_hall(const std::string& url) {
  GatewaySettings out;
  out.name = "hall";
  out.kind = GatewayKind::UniFi;
  out.url = url;
  out.site = kSite;
  return out;
}

}  // namespace assent::gateway
