#include "service/http/radius_routes.h"

#include <functional>

#include "service/http/problem.h"
#include "service/radius/rest_json.h"

namespace assent::http {
namespace {

// rlm_rest makes of these what the site's policy is written for: 200 and 204 go on, 401 is a reject
// with our text, and everything else is no answer at all, so that an access point asks elsewhere.
constexpr int kGoOn = 200, kNothingToSay = 204, kReject = 401;

Response attributes(int status, const RadiusAttributes& all) {
  return {.status = status, .body = radius::to_radius_json(all)};
}

Response nothing() {
  return {.status = kNothingToSay, .body = ""};
}

void tell(const Respond& respond, const Result<RadiusAttributes>& told) {
  if (told) return respond(attributes(kGoOn, *told));
  if (told.error().code == Code::Denied) return respond(attributes(kReject, radius_denial()));
  respond(problem_for(told.error()));
}

// MSCHAPv2 alone is authorized first, and hears the verdict after it was checked (docs/radius.md).
void authorize(const RadiusServices& services, const Request& request, const Respond& respond) {
  const auto asked = radius::parse_radius_request(request.body);
  tell(respond, asked ? services.network.offer(*asked) : fail(Code::Denied, "no request"));
}

void authenticate(const RadiusServices& services, const Request& request, const Respond& respond) {
  const auto asked = radius::parse_radius_request(request.body);
  if (!asked) return respond(attributes(kReject, radius_denial()));
  services.network.authenticate(*asked, std::bind_front(tell, respond));
}

// There rlm_rest makes of a 401 what it makes of every fault: a no is an empty answer.
void admit_checked(const RadiusServices& services, const Request& request, const Respond& respond) {
  const auto asked = radius::parse_radius_request(request.body);
  if (!asked) return respond(nothing());
  services.network.admit_checked(*asked, [respond](const Result<RadiusAttributes>& told) {
    if (!told && told.error().code == Code::Denied) return respond(nothing());
    tell(respond, told);
  });
}

void account(const RadiusServices& services, const Request& request, const Respond& respond) {
  const auto said = radius::parse_radius_request(request.body);
  if (!said) return respond(nothing());  // it would be sent again for ever
  services.stays.report(*said, [respond](const Result<bool>& cut) {
    if (!cut) return respond(problem_for(cut.error()));
    respond(*cut ? attributes(kGoOn, {{RadiusName::Cut, "1"}}) : nothing());
  });
}

}  // namespace

std::vector<Route> radius_routes(const RadiusServices& services) {
  const std::string expected = "Bearer " + services.secret;
  const auto bind = [services, expected](auto handle) {
    return [services, expected, handle](const Request& request, const Params&,
                                        const Respond& respond) {
      if (!same_bytes(bytes_of(expected), bytes_of(request.authorization)))
        return respond(problem_for({Code::Denied, "this is for the school's FreeRADIUS alone"}));
      handle(services, request, respond);
    };
  };
  const auto alive = [](const Request&, const Params&, const Respond& respond) {
    respond({.status = kGoOn, .body = "{}"});
  };
  return {{"GET", "/healthz", alive},
          {"POST", "/radius/v1/authorize", bind(authorize)},
          {"POST", "/radius/v1/authenticate", bind(authenticate)},
          {"POST", "/radius/v1/accounting", bind(account)},
          {"POST", "/radius/v1/post-auth", bind(admit_checked)}};
}

}  // namespace assent::http
