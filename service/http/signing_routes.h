#pragma once
// The signing page over HTTP: whoever the school knows, signed in through the edge, on any device.

#include "service/app/password_sign_in.h"
#include "service/app/signing.h"
#include "service/http/routes.h"
#include "service/http/slow_lane.h"

namespace assent::http {

struct SigningServices {
  const SignIn& sign_in;
  const PasswordSignIn& passwords;
  // For what waits for a school's directory. Lanes of their own: nobody's typing keeps ICT waiting,
  // nor one school's directory another school's pupils. A school without one asks no directory.
  const std::map<SchoolKey, std::unique_ptr<SlowLane>>& lanes;
  Signing& signing;
  const Registry& registry;
  const Calendar& calendar;
};

// The references must outlive the routes.
std::vector<Route> signing_routes(const SigningServices& services);

}  // namespace assent::http
