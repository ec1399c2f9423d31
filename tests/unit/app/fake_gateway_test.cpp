// The gateway that tests of the portal use does what real ones owe.
#include "tests/support/fake_gateway.h"
#include "tests/contract/portal_gateway_contract.h"
#include "tests/support/roster_desk.h"

namespace assent::contract {
namespace {

class FakeGatewayWorld final : public GatewayWorld {
 public:
  PortalGateway& gateway() override { return gateway_; }
  Time now() override { return clock_.now(); }
  Brought brings() override { return {{"mac", "02:00:00:00:00:21"}}; }
  void settle(const std::string&) override {}
  bool is_on(const std::string& device) override { return gateway_.is_on(device); }

 private:
  support::DeskClock clock_;
  support::FakeGateway gateway_{"hall", clock_};
};

}  // namespace

INSTANTIATE_TEST_SUITE_P(Fake, PortalGatewayContract,
                         testing::Values(GatewayWorldKind{
                             "Fake", []() -> std::unique_ptr<GatewayWorld> {
                               return std::make_unique<FakeGatewayWorld>();
                             }}));

}  // namespace assent::contract
