#pragma once
// Guests, for people at the school: ask for one, issue, look up, every later step, who is here.

#include "service/app/guest_accounts.h"
#include "service/app/guest_desk.h"
#include "service/http/admin_routes.h"

namespace assent::http {

struct GuestServices {
  GuestDesk& desk;
  const GuestBook& guests;
  const GuestSessions& sessions;
  const GuestAccounts& accounts;
  std::string public_url;  // as the portal has it
  const SecretKey& visit_key;
};

// The references must outlive the routes.
std::vector<Route> guest_routes(const AdminServices& services, const GuestServices& guests);
std::vector<Route> visit_routes(const AdminServices& services, const GuestServices& guests);

}  // namespace assent::http
