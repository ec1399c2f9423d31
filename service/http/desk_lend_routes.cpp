// Lending an account of a pool at the desk: part of a name and Enter for who was here before, one
// look at whom it means, Enter again.

#include <algorithm>

#include "service/http/desk_visit.h"
#include "service/http/portal_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kEarlierMax = 5, kSearchedMax = 50;

struct Earlier {
  std::string name, reason;
};

// Who had an account of the pool under such a name, the newest first.
Result<std::vector<Earlier>> who_had(const Visit& visit, const GuestKind& kind,
                                     const std::string& text) {
  GuestQuery query{visit.school().key, {}, 0, text, kSearchedMax};
  ASSENT_TRY(const auto rows, visit.services.guests.search(query));
  std::vector<Earlier> out;
  for (const GuestRow& row : rows) {
    const Guest& guest = row.guest;
    const bool known = std::ranges::find(out, guest.name, &Earlier::name) != out.end();
    if (guest.kind != kind.name || guest.name.empty() || known || out.size() == kEarlierMax)
      continue;
    out.push_back({guest.name, guest.reason});
  }
  return out;
}

void refuse_lending(const Visit& visit, const Error& why, const Respond& respond) {
  respond(page(status_of(why), web::desk_closed_page(visit.shell, why.message, "")));
}

void lend_to(const Visit& visit, const GuestKind& kind, const Earlier& whom,
             const Respond& respond) {
  GuestOrder order;
  order.kind = kind.name;
  order.wish.name = whom.name;
  order.wish.reason = whom.reason.empty() ? kind.name : whom.reason;
  order.wish.host = visit.session.actor.person.key;
  visit.services.desk.issue(visit.session.actor, visit.school(), order,
                            [visit, respond](const Result<std::vector<IssuedGuest>>& made) {
                              if (!made) return refuse_lending(visit, made.error(), respond);
                              respond(issued_page(visit, made->front()));
                            });
}

void lend(const Visit& visit, const Params&, const Respond& respond) {
  const GuestKind* kind = visit.school().guest_kind(visit.field("kind"));
  if (!kind || !kind->is_pool())
    return refuse_lending(visit, {Code::NotFound, "There is no such pool."}, respond);
  const std::string typed = visit.field("name");
  const bool is_sure = !visit.field("sure").empty();
  if (typed.empty()) return respond(go_to(base_of(visit.school())));
  const auto earlier = who_had(visit, *kind, typed);
  if (!earlier) return refuse_lending(visit, earlier.error(), respond);
  const auto same = std::ranges::find(*earlier, typed, &Earlier::name);
  if (same != earlier->end()) return lend_to(visit, *kind, *same, respond);
  if (earlier->empty() || is_sure) return lend_to(visit, *kind, {typed, ""}, respond);
  web::DeskLend out{kind->name, typed, {}};
  for (const Earlier& each : *earlier)
    out.earlier.push_back({each.name, each.name + ", " + each.reason, out.earlier.empty()});
  respond(page(200, web::desk_lend_page(visit.shell, out)));
}

}  // namespace

std::vector<Route> desk_lend_routes(const DeskServices& services) {
  return {desk_route(services, "POST", "/desk/{school}/lend", lend)};
}

}  // namespace assent::http
