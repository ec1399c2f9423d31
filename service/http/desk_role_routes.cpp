// Granted roles as the people of a school see and answer them: the head, a DSL, their deputies.

#include <algorithm>

#include "service/app/school_time.h"
#include "service/http/desk_visit.h"
#include "service/http/portal_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kFoundMax = 2;

RoleActor role_actor(const Visit& visit) {
  return visit.services.roles.actor_of(visit.session.actor, visit.school());
}

web::DeskRole role_line(const Visit& visit, const RoleGrant& grant, const RoleActor& by, Time now) {
  const Calendar& calendar = visit.services.calendar;
  const std::string& zone = visit.school().zone;
  web::DeskRole out;
  out.id = to_text(grant.id);
  out.role = grant.role;
  out.holder = name_of(visit, grant.person);
  out.deputy_of = name_of(visit, grant.deputy_of);
  out.from = calendar.local(grant.from, zone);
  out.until = calendar.local(grant.until, zone);
  out.why = grant.why;
  out.asked_by = name_of(visit, grant.asked_by);
  out.decided_by = name_of(visit, grant.decided_by);
  const bool begins_later = grant.state == RoleGrantState::Granted && now < grant.from;
  out.standing = is_held(grant, now) ? "held"
                 : begins_later      ? "later"
                 : is_waiting(grant, now) || grant.state != RoleGrantState::Granted
                     ? std::string(to_text(grant.state))
                     : "past";
  out.can_grant = bool(grant_role(grant, by, now));
  out.can_reject = bool(reject_role(grant, by, now));
  out.can_end = bool(end_role(grant, by, now));
  return out;
}

Response roles_page(const Visit& visit, const std::string& fault, int status) {
  const RoleActor by = role_actor(visit);
  const Time now = visit.services.clock.now();
  web::DeskRoles out;
  for (const RoleGrant& grant : visit.services.roles.list(visit.school())) {
    auto line = role_line(visit, grant, by, now);
    const bool is_on = line.standing == "held" || line.standing == "later";
    (is_waiting(grant, now) ? out.waiting : is_on ? out.held : out.over).push_back(std::move(line));
  }
  std::ranges::reverse(out.over);  // the newest first
  const std::string chosen = visit.field("role");
  for (const RoleRule& rule : visit.school().roles)
    if (may_ask(by, rule.role)) out.roles.push_back({rule.role, rule.role, rule.role == chosen});
  out.fault = fault;
  if (!fault.empty()) {
    out.person = visit.field("person");
    out.deputy_of = visit.field("deputy_of");
    out.until = visit.field("until");
    out.why = visit.field("why");
  }
  return page(status, web::desk_roles_page(visit.shell, out));
}

void show_roles(const Visit& visit, const Params&, const Respond& respond) {
  respond(roles_page(visit, "", 200));
}

// The one person whom it means; otherwise in words why not.
Result<PersonKey> whom(const Visit& visit, const std::string& text) {
  ASSENT_TRY(const auto found, visit.services.people.search({visit.school().key, text, kFoundMax}));
  if (found.size() == 1) return found.front().key;
  return fail(Code::Invalid,
              found.empty() ? "Nobody here is called \"" + text + "\"."
                            : "More than one person is called \"" + text + "\": give their login.");
}

Result<RoleWish> role_wish_of(const Visit& visit) {
  RoleWish out;
  out.role = visit.field("role");
  ASSENT_TRY(out.person, whom(visit, visit.field("person")));
  const std::string principal = visit.field("deputy_of");
  if (!principal.empty()) {
    ASSENT_TRY(out.deputy_of, whom(visit, principal));
  }
  ASSENT_TRY(out.until, parse_school_time(visit.field("until"), visit.school(),
                                          visit.services.calendar, visit.services.clock.now()));
  out.why = visit.field("why");
  return out;
}

RoleDesk::Then<RoleGrant> then_show(const Visit& visit, const Respond& respond) {
  return [visit, respond](const Result<RoleGrant>& made) {
    if (!made) return respond(roles_page(visit, made.error().message, status_of(made.error())));
    respond(go_to(base_of(visit.school()) + "/roles"));
  };
}

void take_role_wish(const Visit& visit, const Params&, const Respond& respond) {
  const auto wish = role_wish_of(visit);
  const auto then = then_show(visit, respond);
  if (!wish) return then(fail(wish.error()));
  visit.services.roles.ask(visit.session.actor, visit.school(), *wish, then);
}

void take_role_answer(const Visit& visit, const Params& params, const Respond& respond) {
  const auto then = then_show(visit, respond);
  const auto id = parse_id<RoleGrantTag>(params["grant"]);
  const auto what = parse_role_step(visit.field("do"));
  if (!id) return then(fail(Code::NotFound, "There is no such request."));
  if (!what) return then(fail(what.error()));
  visit.services.roles.take(visit.session.actor, visit.school(), *id,
                            {*what, visit.field("reason")}, then);
}

}  // namespace

std::vector<Route> desk_role_routes(const DeskServices& services) {
  return {desk_route(services, "GET", "/desk/{school}/roles", show_roles),
          desk_route(services, "POST", "/desk/{school}/roles", take_role_wish),
          desk_route(services, "POST", "/desk/{school}/roles/{grant}", take_role_answer)};
}

}  // namespace assent::http
