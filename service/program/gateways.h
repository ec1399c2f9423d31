#pragma once
// The gateways of all schools, made from what is configured.

#include "service/config/config.h"
#include "service/gateway/meraki.h"
#include "service/gateway/opennds.h"
#include "service/gateway/unifi.h"

namespace assent {

class Gateways {
 public:
  // A gateway says that a device is no longer there; an empty one: none is but those that it is
  // opening for. Must not block.
  using Gone = std::function<void(const std::string& gateway, const std::string& device,
                                  const std::string& cause)>;
  // Once, before anybody asks. Invalid or Denied when a gateway's secret is no good.
  Status add(const Config& config, const Clock& clock, const Gone& gone);

  // Nobody is let on from here on; what waits for an answer has one. The portal must still be
  // there.
  void stop();

  const GatewayRegister& all() const { return all_; }
  // Those that ask us, by name.
  const std::map<std::string, std::shared_ptr<gateway::OpenNds>>& asking() const { return asking_; }

 private:
  Status add_opennds(const SchoolName& school, const GatewaySettings& settings, const Clock& clock,
                     const Gone& gone);
  Status add_unifi(const SchoolName& school, const GatewaySettings& settings, const Clock& clock);
  void add_meraki(const SchoolName& school, const GatewaySettings& settings,
                  const std::string& public_url, const Clock& clock);

  GatewayRegister all_;
  std::vector<std::shared_ptr<gateway::UniFi>> asked_;
  std::map<std::string, std::shared_ptr<gateway::OpenNds>> asking_;
};

}  // namespace assent
