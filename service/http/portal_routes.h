#pragma once
// The visitor's pages over HTTP, what phones ask about captivity (RFC 8908), and the style of every
// page. No script, no cookie, nobody signed in: who may do what is in the form's sealed state.

#include "service/app/portal.h"
#include "service/http/routes.h"

namespace assent::http {

struct PortalServices {
  Portal& portal;
  const Registry& registry;
  const Calendar& calendar;
  const Clock& clock;
  std::string public_url;  // "https://aup.jtrust.sch.uk"; empty: phones are told of no portal
};

// The portal's first page for a device, as its gateway or its address names it.
void show_portal(const PortalServices& services, const School& school, const Request& request,
                 const PortalDevice& device, const Respond& respond);
// What a visitor sees whose gateway is not believed.
Response not_from_gateway(const School& school, const Request& request);

// Where the visitors of a school go; empty where `public_url` is.
std::string portal_url(const std::string& public_url, const School& school);

// The references must outlive the routes.
std::vector<Route> portal_routes(const PortalServices& services);
std::vector<Route> style_routes();

// A page as it is sent: it may run nothing, fetch its style alone, post to us alone and stand in no
// frame, and nobody keeps it.
Response page(int status, std::string html);

}  // namespace assent::http
