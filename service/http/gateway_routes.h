#pragma once
// Where gateways send visitors' browsers, and where those that ask for themselves ask. The pages
// are the portal's; what a gateway's words mean is service/gateway.

#include "service/gateway/opennds.h"
#include "service/http/portal_routes.h"

namespace assent::http {

struct GatewayServices {
  PortalServices portal;
  const GatewayRegister& gateways;
  const std::map<std::string, std::shared_ptr<gateway::OpenNds>>& asking;
  // Hears of a gateway that is not set up as it must be: a line, for whoever runs the service.
  std::function<void(const std::string&)> warn;
};

// The references must outlive the routes.
std::vector<Route> gateway_routes(const GatewayServices& services);

}  // namespace assent::http
