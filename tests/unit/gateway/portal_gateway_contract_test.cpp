// Every kind of gateway does what the portal is owed.
#include "tests/contract/portal_gateway_contract.h"

#include "tests/unit/gateway/meraki_splash.h"
#include "tests/unit/gateway/opennds_programs.h"
#include "tests/unit/gateway/unifi_controller.h"

namespace assent::gateway {
namespace {

class OpenNdsWorld final : public contract::GatewayWorld, Programs {
 public:
  PortalGateway& gateway() override { return Programs::gateway; }
  Time now() override { return clock.now(); }
  Brought brings() override { return fas_query(); }
  void settle(const std::string&) override {
    authmon();
    cutter();
  }
  bool is_on(const std::string& device) override {
    return device == contract::kDevice && !on.empty();
  }
};

class UniFiWorld final : public contract::GatewayWorld {
 public:
  PortalGateway& gateway() override { return *gateway_; }
  Time now() override { return clock_.now(); }
  Brought brings() override {
    return {{"id", kMac},
            {"ap", "94:2a:6f:d0:30:57"},
            {"t", "1742398732"},
            {"url", "http://x"},
            {"ssid", "School-Guest"}};
  }
  void settle(const std::string&) override {}
  bool is_on(const std::string& device) override {
    return device == contract::kDevice && controller.minutes_left() > 0;
  }
  Controller controller;

 private:
  support::DeskClock clock_;
  std::shared_ptr<UniFi> gateway_ =
      UniFi::make(unifi_hall(controller.url()), "key", clock_).value();
};

class MerakiWorld final : public contract::GatewayWorld {
 public:
  PortalGateway& gateway() override { return gateway_; }
  Time now() override { return clock_.now(); }
  Brought brings() override { return splash_query(); }
  // Whoever comes there is let on.
  void settle(const std::string& go_to) override { on_ = on_ || go_to.starts_with(kGrant); }
  bool is_on(const std::string& device) override { return device == contract::kDevice && on_; }
  bool cuts() const override { return false; }

 private:
  support::DeskClock clock_;
  Meraki gateway_{meraki_hall(), "", clock_};
  bool on_ = false;
};

template <class World>
std::unique_ptr<contract::GatewayWorld> make() {
  return std::make_unique<World>();
}

}  // namespace

using contract::PortalGatewayContract;

INSTANTIATE_TEST_SUITE_P(
    Real, PortalGatewayContract,
    ::testing::Values(contract::GatewayWorldKind{"OpenNds", make<OpenNdsWorld>},
                      contract::GatewayWorldKind{"UniFi", make<UniFiWorld>},
                      contract::GatewayWorldKind{"Meraki", make<MerakiWorld>}));

}  // namespace assent::gateway
