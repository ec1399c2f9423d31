// Visits that another program keeps, such as a sign-in kiosk in reception: it starts and ends a
// guest by its own number of the visit, and may ask again without harm.

#include "core/formats/json.h"
#include "service/app/school_time.h"
#include "service/http/guest_json.h"
#include "service/http/guest_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kTextMax = 256, kVisitMax = 128;
constexpr std::string_view kUsualKind = "visitor";

struct Visit {
  GuestOrder order;
  std::string host;
};

Result<Visit> read_visit(const GuestServices& guests, const Call& call) {
  ASSENT_TRY(const Value body, body_of(call));
  Fields fields{body};
  Visit out;
  out.order.id = guest_of_visit(guests.visit_key, call.school, line(fields, "visit", kVisitMax));
  out.order.kind = fields.optional_text("kind", kTextMax).value_or(std::string(kUsualKind));
  out.order.wish.name = line(fields, "name", GuestLimits::kName);
  out.order.wish.reason = line(fields, "why", GuestLimits::kReason);
  out.host = fields.text("host", kTextMax);
  if (const auto text = fields.optional_text("until", kTextMax))
    out.order.wish.until = fields.accept(
        "until",
        parse_school_time(*text, call.school, call.services.calendar, call.services.clock.now()));
  return fields.finish(std::move(out));
}

// The same again is told as it is by now, without the secrets.
void start(const GuestServices& guests, const Call& call, const Respond& respond) {
  auto visit = read_visit(guests, call);
  if (!visit) return respond(problem_for(visit.error()));
  const auto known = guests.guests.one(*visit->order.id);
  if (known) return respond(ok(to_json(to_object(call, *known))));
  const auto host = one_person(call, visit->host, respond);
  if (!host) return;
  visit->order.wish.host = host->key;
  if (!guests.desk.may_issue(call.actor, call.school, visit->order.kind))
    return respond(problem_for(
        {Code::Denied, "whoever this token belongs to may not issue guests of this kind"}));
  if (call.dry_run) {
    const auto would =
        guests.desk.to_order(call.actor, call.school, visit->order, call.services.clock.now());
    return respond(would ? ok(to_json(to_object(call, *would))) : problem_for(would.error()));
  }
  guests.desk.issue(
      call.actor, call.school, visit->order,
      [call, respond](const Result<std::vector<IssuedGuest>>& made) {
        respond(made ? ok(to_json(to_object(call, made->front()))) : problem_for(made.error()));
      });
}

// Who has gone home twice has gone home.
void end(const GuestServices& guests, const Call& call, const Respond& respond) {
  const GuestId id = guest_of_visit(guests.visit_key, call.school, call.params["visit"]);
  const auto known = guests.guests.one(id);
  if (!known) return respond(problem_for(known.error()));
  const bool over = known->guest.state == GuestState::Ended;
  if (over) return respond(ok(to_json(to_object(call, *known))));
  const GuestStep home{GuestStep::What::GiveBack, {}, ""};
  const auto answer = [call, respond](const Result<GuestRow>& row) {
    respond(row ? ok(to_json(to_object(call, *row))) : problem_for(row.error()));
  };
  if (call.dry_run)
    return answer(
        guests.desk.to_take(call.actor, call.school, id, home, call.services.clock.now()));
  guests.desk.take(call.actor, call.school, id, home, answer);
}

}  // namespace

std::vector<Route> visit_routes(const AdminServices& s, const GuestServices& guests) {
  const auto with = [guests](auto handle) {
    return [guests, handle](const Call& call, const Respond& respond) {
      handle(guests, call, respond);
    };
  };
  return {signed_in_route(s, "POST", "/v1/visits", "staff", with(start)),
          signed_in_route(s, "POST", "/v1/visits/{visit}/end", "staff", with(end))};
}

}  // namespace assent::http
