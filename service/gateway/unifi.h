#pragma once
// UniFi's external hotspot portal, by the controller's integration API. The redirection proves
// nothing: which device a browser is on, the controller says, by its address.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "core/base/value.h"
#include "core/client/http_client.h"
#include "service/app/gateway_settings.h"
#include "service/app/portal_gateway.h"

namespace assent::gateway {

// Any thread. Asks its controller on a thread of its own, to let on; on the caller's, to cut.
class UniFi final : public PortalGateway {
 public:
  static constexpr int kDeadlineMs = 4000;  // of each of the two requests
  static constexpr std::size_t kWaitingMax = 100;
  static constexpr seconds kWaitsAtMost{5};  // behind others; the visitor's page has 15 s
  // A device that is away can be told nothing and would be on again when it comes back. So nobody
  // is let on for longer; who may stay is sent to the portal again, and let on again unasked.
  static constexpr hours kLetsOnAtMost{24};

  // Invalid if the controller's address or certificate authority is no good.
  static Result<std::shared_ptr<UniFi>> make(const GatewaySettings& settings, std::string key,
                                             const Clock& clock);
  UniFi(const GatewaySettings& settings, std::string key, HttpClient client, const Clock& clock);
  ~UniFi() override { stop(); }
  // Ends with the request that is under way; what waits is told Unavailable. Again does nothing.
  void stop();

  Result<PortalDevice> arrive(const Brought& all, const std::string& address) const override;
  void let_on(const PortalDevice& device, Time until, const Then& then) override;
  bool is_opening(const std::string&) const override { return false; }  // at once, or not at all
  Result<bool> cut(const GuestSessionRow& stay, const std::string& cause, Time now) override;

 private:
  struct Waiting {
    PortalDevice device;
    Time until{}, since{};
    Then then;
  };
  void run();
  Result<std::string> open(const Waiting& waiting) const;
  Result<Object> find(const std::string& device) const;
  Status act(const Object& client, Object body) const;
  Result<Value> ask(HttpRequest request) const;

  const std::string name_, path_, key_;
  const HttpClient client_;
  const Clock& clock_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace assent::gateway
