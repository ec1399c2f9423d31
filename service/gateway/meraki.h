#pragma once
// Meraki's click-through splash page (EXCAP). It lets on the device whose browser goes to an
// address of Meraki's, for a time that stands in it, and is told of no end before that.

#include <map>
#include <mutex>

#include "service/app/gateway_settings.h"
#include "service/app/portal_gateway.h"

namespace assent::gateway {

// Any thread.
class Meraki final : public PortalGateway {
 public:
  // `back` is where its browsers go afterwards: the portal. Empty: where Meraki sends them.
  Meraki(GatewaySettings settings, std::string back, const Clock& clock)
      : settings_(std::move(settings)), back_(std::move(back)), clock_(clock) {}

  Result<PortalDevice> arrive(const Brought& all, const std::string& address) const override;
  void let_on(const PortalDevice& device, Time until, const Then& then) override;
  bool is_opening(const std::string&) const override { return false; }
  // Denied before the device's own end.
  Result<bool> cut(const GuestSessionRow& stay, const std::string& cause, Time now) override;

 private:
  bool is_grant(std::string_view url) const;

  const GatewaySettings settings_;
  const std::string back_;
  const Clock& clock_;
  std::mutex mutex_;  // guards what follows
  std::map<std::string, Time> until_;
};

}  // namespace assent::gateway
