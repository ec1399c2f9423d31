#include "service/http/guest_routes.h"

#include <algorithm>

#include "core/formats/json.h"
#include "service/app/guest_door.h"
#include "service/app/school_time.h"
#include "service/http/guest_json.h"
#include "service/http/portal_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kListMax = 200, kStaysMax = 50, kTextMax = 256, kSpanMax = 16;
constexpr std::int64_t kCountMax = GuestDesk::kOrderMax, kDevicesMax = 20;

template <class Row>
std::function<void(const Result<Row>&)> answer_with(const Call& call, const Respond& respond) {
  return [call, respond](const Result<Row>& row) {
    respond(row ? ok(to_json(to_object(call, *row))) : problem_for(row.error()));
  };
}

// The one guest that `text` names: by id, account, or a name that only one of those here has.
// Otherwise answers by itself.
std::optional<GuestRow> one_guest(const GuestServices& guests, const Call& call,
                                  const Respond& respond) {
  const std::string& text = call.params["guest"];
  Result<GuestRow> row = fail(Code::NotFound, "no guest is called \"" + text + "\"");
  if (const auto id = parse_id<GuestTag>(text))
    row = guests.guests.one(*id);
  else
    row = guests.guests.of_account(call.school.key, text);
  if (row && row->school == call.school.key) return *std::move(row);
  if (!row && row.error().code != Code::NotFound) {
    respond(problem_for(row.error()));
    return std::nullopt;
  }
  const auto named =
      guests.guests.search({call.school.key,
                            {GuestState::Requested, GuestState::Issued, GuestState::Suspended},
                            0,
                            text,
                            kListMax});
  if (named && named->size() == 1) return named->front();
  if (!named) {
    respond(problem_for(named.error()));
  } else if (named->empty()) {
    respond(problem_for({Code::NotFound, "no guest is called \"" + text + "\""}));
  } else {
    Array all;
    for (const GuestRow& each : *named) all.push_back(to_object(call, each));
    respond(problem(409, "ambiguous", "More than one guest",
                    "more than one guest matches \"" + text + "\": name the account",
                    Object{{"guests", std::move(all)}}));
  }
  return std::nullopt;
}

Result<std::vector<GuestState>> states_of(const std::string* said) {
  using S = GuestState;
  if (!said || *said == "here") return std::vector{S::Requested, S::Issued, S::Suspended};
  if (*said == "all") return std::vector<S>{};
  for (const S state : {S::Requested, S::Issued, S::Suspended, S::Ended})
    if (*said == to_text(state)) return std::vector{state};
  return fail(Code::Invalid, "state is here, all, requested, issued, suspended or ended");
}

void find_guests(const GuestServices& guests, const Call& call, const Respond& respond) {
  const auto states = states_of(query_value(call.request, "state"));
  if (!states) return respond(problem_for(states.error()));
  const std::string* text = query_value(call.request, "find");
  const auto rows =
      guests.guests.search({call.school.key, *states, 0, text ? *text : "", kListMax});
  if (!rows) return respond(problem_for(rows.error()));
  Array out;
  for (const GuestRow& row : *rows) out.push_back(to_object(call, row));
  respond(ok(to_json(Object{{"guests", std::move(out)}, {"most", kListMax}})));
}

void show_guest(const GuestServices& guests, const Call& call, const Respond& respond) {
  const auto row = one_guest(guests, call, respond);
  if (!row) return;
  const auto stays = guests.sessions.of(row->guest.id, kStaysMax);
  if (!stays) return respond(problem_for(stays.error()));
  Array sessions;
  for (const GuestSessionRow& stay : *stays) sessions.push_back(to_object(stay));
  Object out = to_object(call, *row);
  out.emplace_back("sessions", std::move(sessions));
  respond(ok(to_json(Value{std::move(out)})));
}

// Who may be online now, and who is.
void on_site(const GuestServices& guests, const Call& call, const Respond& respond) {
  const auto rows = guests.guests.search(
      {call.school.key, {GuestState::Issued, GuestState::Suspended}, 0, "", kListMax});
  const auto stays = guests.sessions.open(call.school.key);
  if (!rows || !stays) return respond(problem_for(rows ? stays.error() : rows.error()));
  Array out;
  for (const GuestRow& row : *rows) {
    const GuestKind* kind = call.school.guest_kind(row.guest.kind);
    if (!kind || !is_live(row.guest, *kind, call.services.clock.now())) continue;
    Object each = to_object(call, row);
    Array sessions;
    for (const GuestSessionRow& stay : *stays)
      if (stay.guest == row.guest.id) sessions.push_back(to_object(stay));
    each.emplace_back("sessions", std::move(sessions));
    out.push_back(std::move(each));
  }
  respond(ok(to_json(Object{{"guests", std::move(out)}, {"most", kListMax}})));
}

// Accounts that are lent: who has each, or had it last. All who had one are found by its name.
void pool(const GuestServices& guests, const Call& call, const Respond& respond) {
  Array out;
  for (const GuestKind& kind : call.school.guests) {
    const auto accounts = guests.desk.pool(call.school, kind, call.services.clock.now());
    if (!accounts) return respond(problem_for(accounts.error()));
    for (const PoolAccount& each : *accounts)
      out.push_back(Object{{"account", each.account},
                           {"kind", each.kind},
                           {"lent", each.is_lent},
                           {"last", each.last ? Value{to_object(call, *each.last)} : Value{}}});
  }
  respond(ok(to_json(Object{{"accounts", std::move(out)}})));
}

// Their accounts in the directory: what is there, and what cannot be.
void in_directory(const GuestServices& guests, const Call& call, const Respond& respond) {
  const auto status = guests.accounts.status(call.school.key);
  if (!status)
    return respond(problem_for({Code::NotFound, "guests of " + call.school.title +
                                                    " have no accounts in a directory: "
                                                    "[directory.accounts] is not configured"}));
  Array without;
  for (const std::string& account : status->without) without.push_back(account);
  respond(ok(to_json(Object{{"held", status->held},
                            {"strangers", status->strangers},
                            {"without", std::move(without)},
                            {"error", status->error},
                            {"at", to_rfc3339(status->at)}})));
}

// What all slips of a school say beside their guests: no secret.
void slip(const GuestServices& guests, const Call& call, const Respond& respond) {
  respond(ok(to_json(Object{{"school", call.school.title},
                            {"wifi", call.school.wifi},
                            {"portal", portal_url(guests.public_url, call.school)},
                            {"help", call.school.help}})));
}

struct Asked {
  GuestOrder order;
  std::string host;
};

// Everything but the host, who has to be looked up.
Result<Asked> read_order(const Call& call) {
  ASSENT_TRY(const Value body, body_of(call));
  Fields fields{body};
  Asked out;
  out.order.kind = fields.text("kind", kTextMax);
  out.order.wish.name = line(fields, "name", GuestLimits::kName);
  out.order.wish.reason = line(fields, "why", GuestLimits::kReason);
  out.host = fields.text("host", kTextMax);
  const Time now = call.services.clock.now();
  const auto time = [&](std::string_view key, std::optional<Time>& at) {
    if (const auto text = fields.optional_text(key, kTextMax))
      at = fields.accept(key, parse_school_time(*text, call.school, call.services.calendar, now));
  };
  time("from", out.order.wish.from);
  time("until", out.order.wish.until);
  if (const auto text = fields.optional_text("for", kSpanMax))
    out.order.wish.stay = fields.accept("for", parse_span(*text));
  out.order.wish.devices = unsigned(fields.integer_or("devices", 0, 1, kDevicesMax));
  out.order.count = unsigned(fields.integer_or("count", 1, 1, kCountMax));
  out.order.account = fields.optional_text("account", kTextMax).value_or("");
  return fields.finish(std::move(out));
}

Response issued_guests(const Call& call, const std::vector<IssuedGuest>& all) {
  Array out;
  for (const IssuedGuest& each : all) out.push_back(to_object(call, each));
  return ok(to_json(Object{{"issued", true}, {"guests", std::move(out)}}));
}

// Issued by who may; kept as a request of who may only ask.
void order(const GuestServices& guests, const Call& call, const Respond& respond) {
  auto asked = read_order(call);
  if (!asked) return respond(problem_for(asked.error()));
  const auto host = one_person(call, asked->host, respond);
  if (!host) return;
  asked->order.wish.host = host->key;
  const bool issues = guests.desk.may_issue(call.actor, call.school, asked->order.kind);
  if (call.dry_run) {
    const auto would =
        guests.desk.to_order(call.actor, call.school, asked->order, call.services.clock.now());
    if (!would) return respond(problem_for(would.error()));
    return respond(
        ok(to_json(Object{{"issued", issues}, {"guests", Array{Value{to_object(call, *would)}}}})));
  }
  if (issues)
    return guests.desk.issue(
        call.actor, call.school, asked->order,
        [call, respond](const Result<std::vector<IssuedGuest>>& made) {
          respond(made ? issued_guests(call, *made) : problem_for(made.error()));
        });
  guests.desk.request(
      call.actor, call.school, asked->order, [call, respond](const Result<GuestRow>& row) {
        if (!row) return respond(problem_for(row.error()));
        respond(ok(
            to_json(Object{{"issued", false}, {"guests", Array{Value{to_object(call, *row)}}}})));
      });
}

void issue_requested(const GuestServices& guests, const Call& call, const Respond& respond) {
  const auto body = body_of(call);
  if (!body) return respond(problem_for(body.error()));
  Fields fields{*body};
  const std::string account = fields.optional_text("account", kTextMax).value_or("");
  if (const Status read = fields.finish(); !read) return respond(problem_for(read.error()));
  const auto row = one_guest(guests, call, respond);
  if (!row) return;
  if (call.dry_run)
    return answer_with<GuestRow>(call, respond)(guests.desk.to_issue_requested(
        call.actor, call.school, row->guest.id, account, call.services.clock.now()));
  guests.desk.issue_requested(call.actor, call.school, row->guest.id, account,
                              answer_with<IssuedGuest>(call, respond));
}

void renew_secret(const GuestServices& guests, const Call& call, const Respond& respond) {
  const auto row = one_guest(guests, call, respond);
  if (!row) return;
  if (call.dry_run)
    return answer_with<GuestRow>(call, respond)(guests.desk.to_renew_secret(
        call.actor, call.school, row->guest.id, call.services.clock.now()));
  guests.desk.renew_secret(call.actor, call.school, row->guest.id,
                           answer_with<IssuedGuest>(call, respond));
}

Result<GuestStep> read_step(const Call& call) {
  ASSENT_TRY(const Value body, body_of(call));
  Fields fields{body};
  GuestStep out;
  out.what = fields.accept("step", parse_guest_step(fields.text("step", kTextMax)));
  if (const auto text = fields.optional_text("by", kSpanMax))
    out.by = fields.accept("by", parse_span(*text));
  if (body.find("reason")) out.reason = line(fields, "reason", GuestLimits::kReason);
  return fields.finish(std::move(out));
}

void step(const GuestServices& guests, const Call& call, const Respond& respond) {
  const auto taken = read_step(call);
  if (!taken) return respond(problem_for(taken.error()));
  const auto row = one_guest(guests, call, respond);
  if (!row) return;
  const auto answer = answer_with<GuestRow>(call, respond);
  if (call.dry_run)
    return answer(guests.desk.to_take(call.actor, call.school, row->guest.id, *taken,
                                      call.services.clock.now()));
  guests.desk.take(call.actor, call.school, row->guest.id, *taken, answer);
}

}  // namespace

std::vector<Route> guest_routes(const AdminServices& s, const GuestServices& guests) {
  const auto with = [guests](auto handle) {
    return [guests, handle](const Call& call, const Respond& respond) {
      handle(guests, call, respond);
    };
  };
  return {
      slow(signed_in_route(s, "GET", "/v1/guests", "staff", with(find_guests), {"find", "state"})),
      signed_in_route(s, "POST", "/v1/guests", "staff", with(order)),
      slow(signed_in_route(s, "GET", "/v1/guests/onsite", "staff", with(on_site))),
      signed_in_route(s, "GET", "/v1/guests/directory", "staff", with(in_directory)),
      slow(signed_in_route(s, "GET", "/v1/guests/pool", "staff", with(pool))),
      signed_in_route(s, "GET", "/v1/guests/slip", "staff", with(slip)),
      signed_in_route(s, "GET", "/v1/guests/{guest}", "staff", with(show_guest)),
      signed_in_route(s, "POST", "/v1/guests/{guest}/issue", "staff", with(issue_requested)),
      signed_in_route(s, "POST", "/v1/guests/{guest}/secret", "staff", with(renew_secret)),
      signed_in_route(s, "POST", "/v1/guests/{guest}/steps", "staff", with(step))};
}

}  // namespace assent::http
