#include <algorithm>

#include "service/app/guest_door.h"
#include "service/app/school_time.h"
#include "service/http/desk_visit.h"
#include "service/http/portal_routes.h"
#include "service/web/desk_pages.h"

namespace assent::http {
namespace {

using What = GuestStep::What;

constexpr std::size_t kListMax = 200, kHostsMax = 10;
constexpr std::string_view kUsualKind = "visitor";  // chosen at first, where there is one

// The pools that they may lend from. One that cannot be read shows none free.
std::vector<web::DeskPool> pools_for(const Visit& visit) {
  std::vector<web::DeskPool> out;
  const GuestDesk& desk = visit.services.desk;
  for (const GuestKind& kind : visit.school().guests) {
    if (!kind.is_pool() || !desk.may_issue(visit.session.actor, visit.school(), kind.name))
      continue;
    const auto accounts = desk.pool(visit.school(), kind, visit.services.clock.now());
    const auto free = accounts ? std::ranges::count(*accounts, false, &PoolAccount::is_lent) : 0;
    out.push_back({kind.name, std::size_t(free), kind.pool.size()});
  }
  return out;
}

void home(const Visit& visit, const Params&, const Respond& respond) {
  // Two lists of their own: however many ask, whoever is here is seen.
  const GuestBook& guests = visit.services.guests;
  const SchoolKey school = visit.school().key;
  const auto asked = guests.search({school, {GuestState::Requested}, 0, "", kListMax});
  const auto rows =
      guests.search({school, {GuestState::Issued, GuestState::Suspended}, 0, "", kListMax});
  const auto stays = visit.services.sessions.open(school);
  if (!asked || !rows || !stays)
    return respond(
        page(503, web::desk_closed_page(visit.shell, "The store did not answer: try again.", "")));
  web::DeskHome out;
  for (const GuestRow& row : *asked) out.asked.push_back(to_page(visit, row));
  for (const GuestRow& row : *rows) {
    web::DeskGuest guest = to_page(visit, row);
    guest.online = unsigned(std::ranges::count(*stays, row.guest.id, &GuestSessionRow::guest));
    if (!guest.longer_until.empty()) out.longer.push_back(guest);
    out.here.push_back(std::move(guest));
  }
  out.pools = pools_for(visit);
  respond(page(200, web::desk_page(visit.shell, out)));
}

// The kinds that they may issue, then those that they may ask for.
std::vector<web::DeskChoice> kinds_for(const Visit& visit) {
  const auto roles = visit.services.desk.actor_of(visit.session.actor, visit.school()).roles;
  const std::string typed = visit.field("kind");
  const std::string chosen = typed.empty() ? std::string(kUsualKind) : typed;
  std::vector<web::DeskChoice> issued, asked;
  for (const GuestKind& kind : visit.school().guests) {
    const web::DeskChoice choice{kind.name, kind.name, kind.name == chosen};
    if (std::ranges::find_first_of(roles, kind.issue) != roles.end())
      issued.push_back(choice);
    else if (std::ranges::find_first_of(roles, kind.request) != roles.end())
      asked.push_back(choice);
  }
  std::ranges::move(asked, std::back_inserter(issued));
  return issued;
}

// The form as it was filled in.
web::DeskForm form_of(const Visit& visit) {
  web::DeskForm out;
  out.kinds = kinds_for(visit);
  out.name = visit.field("name");
  out.why = visit.field("why");
  out.host = visit.field("host");
  out.until = visit.field("until");
  return out;
}

void refuse(const Visit& visit, const Error& why, std::string field, const Respond& respond,
            std::vector<web::DeskChoice> hosts = {}) {
  web::DeskForm form = form_of(visit);
  form.fault = why.message;
  form.field = std::move(field);
  form.hosts = std::move(hosts);
  respond(page(status_of(why), web::desk_form_page(visit.shell, form)));
}

void blank(const Visit& visit, const Params&, const Respond& respond) {
  respond(page(200, web::desk_form_page(visit.shell, form_of(visit))));
}

// Nobody named: whoever is signed in. Otherwise the one whom it means; of several, which one.
std::optional<PersonKey> host_of(const Visit& visit, const Respond& respond) {
  const std::string text = visit.field("host");
  if (text.empty()) return visit.session.actor.person.key;
  const auto found = visit.services.people.search({visit.school().key, text, kHostsMax});
  if (found && found->size() == 1) return found->front().key;
  std::vector<web::DeskChoice> choices;
  if (found)
    for (const PersonRow& person : *found)
      choices.push_back({person.login, person.name + " (" + person.login + ")", choices.empty()});
  const bool none = found && found->empty();
  refuse(visit,
         none    ? Error{Code::Invalid, "Nobody here is called \"" + text + "\"."}
         : found ? Error{Code::Invalid, "More than one person is called \"" + text + "\"."}
                 : found.error(),
         "host", respond, std::move(choices));
  return std::nullopt;
}

void order(const Visit& visit, const Params&, const Respond& respond) {
  GuestOrder order;
  order.kind = visit.field("kind");
  order.wish.name = visit.field("name");
  order.wish.reason = visit.field("why");
  if (const std::string until = visit.field("until"); !until.empty()) {
    const auto time = parse_school_time(until, visit.school(), visit.services.calendar,
                                        visit.services.clock.now());
    if (!time) return refuse(visit, time.error(), "until", respond);
    order.wish.until = *time;
  }
  const auto host = host_of(visit, respond);
  if (!host) return;
  order.wish.host = *host;
  const Actor& actor = visit.session.actor;
  if (visit.services.desk.may_issue(actor, visit.school(), order.kind))
    return visit.services.desk.issue(
        actor, visit.school(), order,
        [visit, respond](const Result<std::vector<IssuedGuest>>& made) {
          if (!made) return refuse(visit, made.error(), "name", respond);
          respond(issued_page(visit, made->front()));
        });
  visit.services.desk.request(
      actor, visit.school(), order, [visit, respond](const Result<GuestRow>& row) {
        if (!row) return refuse(visit, row.error(), "name", respond);
        respond(page(200, web::desk_asked_page(visit.shell, to_page(visit, *row))));
      });
}

std::optional<GuestRow> guest_of(const Visit& visit, const Params& params, const Respond& respond) {
  const auto id = parse_id<GuestTag>(params["guest"]);
  auto row = id ? visit.services.guests.one(*id) : fail(Code::NotFound, "");
  if (row && row->school == visit.school().key) return *std::move(row);
  respond(page(404, web::desk_closed_page(visit.shell, "There is no such visitor.", "")));
  return std::nullopt;
}

void show_guest_page(const Visit& visit, const Params& params, const Respond& respond) {
  const auto row = guest_of(visit, params, respond);
  if (row) respond(page(200, web::desk_guest_page(visit.shell, to_page(visit, *row), "")));
}

void said_no(const Visit& visit, const GuestRow& row, const Error& why, const Respond& respond) {
  respond(
      page(status_of(why), web::desk_guest_page(visit.shell, to_page(visit, row), why.message)));
}

void step(const Visit& visit, const Params& params, const Respond& respond) {
  const auto row = guest_of(visit, params, respond);
  if (!row) return;
  const std::string wanted = visit.field("do");
  const Actor& actor = visit.session.actor;
  const auto issued = [visit, row = *row, respond](const Result<IssuedGuest>& made) {
    if (!made) return said_no(visit, row, made.error(), respond);
    respond(issued_page(visit, *made));
  };
  GuestDesk& desk = visit.services.desk;
  if (wanted == "grant")
    return desk.issue_requested(actor, visit.school(), row->guest.id, "", issued);
  if (wanted == "let-in") return desk.let_in(actor, visit.school(), row->guest.id, issued);
  if (wanted == "secret") return desk.renew_secret(actor, visit.school(), row->guest.id, issued);
  const auto what = parse_guest_step(wanted);
  if (!what) return said_no(visit, *row, what.error(), respond);
  GuestStep taken{*what, milliseconds{0}, visit.field("reason")};
  if (*what == What::Extend) {
    const auto by = parse_span(visit.field("by"));
    if (!by) return said_no(visit, *row, by.error(), respond);
    taken.by = *by;
  }
  desk.take(actor, visit.school(), row->guest.id, taken,
            [visit, row = *row, respond](const Result<GuestRow>& made) {
              if (!made) return said_no(visit, row, made.error(), respond);
              respond(go_to(base_of(visit.school()) + "/guests/" + to_text(row.guest.id)));
            });
}

}  // namespace

std::vector<Route> desk_routes(const DeskServices& services) {
  return {desk_route(services, "GET", "/desk/{school}", home),
          desk_route(services, "GET", "/desk/{school}/new", blank),
          desk_route(services, "POST", "/desk/{school}/guests", order),
          desk_route(services, "GET", "/desk/{school}/guests/{guest}", show_guest_page),
          desk_route(services, "POST", "/desk/{school}/guests/{guest}", step)};
}

}  // namespace assent::http
