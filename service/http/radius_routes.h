#pragma once
// What FreeRADIUS asks (docs/radius.md), on a listener of its own: the public one has none of
// these.

#include "service/app/guest_network.h"
#include "service/app/guest_stays.h"
#include "service/http/router.h"

namespace assent::http {

struct RadiusServices {
  const GuestNetwork& network;
  GuestStays& stays;
  std::string secret;  // what FreeRADIUS proves itself with; never empty
};

// The references must outlive the routes.
std::vector<Route> radius_routes(const RadiusServices& services);

}  // namespace assent::http
