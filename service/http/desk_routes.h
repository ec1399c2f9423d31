#pragma once
// The reception desk's pages over HTTP: staff signed in through the edge, plain forms, a session
// cookie, and a token in every form. Who may do what is GuestDesk's business.

#include "service/app/guest_desk.h"
#include "service/app/role_desk.h"
#include "service/app/sign_in.h"
#include "service/http/routes.h"

namespace assent::http {

struct DeskServices {
  const SignIn& sign_in;
  GuestDesk& desk;
  RoleDesk& roles;
  const GuestBook& guests;
  const GuestSessions& sessions;
  const People& people;
  const Registry& registry;
  const Calendar& calendar;
  const Clock& clock;
  std::string public_url;  // where the portal is, for slips; may be empty
};

// The references must outlive the routes.
std::vector<Route> desk_routes(const DeskServices& services);
// /desk/{school}/lend: accounts of a pool.
std::vector<Route> desk_lend_routes(const DeskServices& services);
// /desk/{school}/roles: who has one by grant, and who answers for it.
std::vector<Route> desk_role_routes(const DeskServices& services);
// GET /signin, behind the edge's own sign-in, and /signout.
std::vector<Route> sign_in_routes(const DeskServices& services);

}  // namespace assent::http
