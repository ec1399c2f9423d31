// Roles: who may have which, who asks for whom, and who answers.

#include "core/formats/json.h"
#include "service/app/school_time.h"
#include "service/http/admin_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kRoleTextMax = 256;

Value time_value(const std::optional<Time>& time) {
  return time ? Value{to_rfc3339(*time)} : Value{};
}

// "waiting", "held", "later" or "over": what the times make of its state.
std::string_view standing_of(const RoleGrant& grant, Time now) {
  if (is_waiting(grant, now)) return "waiting";
  if (is_held(grant, now)) return "held";
  return grant.state == RoleGrantState::Granted && now < grant.from ? "later" : "over";
}

Object to_object(const Call& call, const RoleGrant& grant) {
  const Calendar& calendar = call.services.calendar;
  return {{"grant", to_text(grant.id)},
          {"role", grant.role},
          {"holder", named_person(call, grant.person)},
          {"deputy_of", named_person(call, grant.deputy_of)},
          {"from", to_rfc3339(grant.from)},
          {"until", to_rfc3339(grant.until)},
          {"until_local", calendar.local(grant.until, call.school.zone)},
          {"why", grant.why},
          {"state", to_text(grant.state)},
          {"standing", standing_of(grant, call.services.clock.now())},
          {"asked_by", named_person(call, grant.asked_by)},
          {"asked", to_rfc3339(grant.asked)},
          {"decided_by", named_person(call, grant.decided_by)},
          {"decided", time_value(grant.decided)},
          {"ended_by", named_person(call, grant.ended_by)},
          {"ended", time_value(grant.ended)}};
}

std::function<void(const Result<RoleGrant>&)> answer_with_grant(const Call& call,
                                                                const Respond& respond) {
  return [call, respond](const Result<RoleGrant>& grant) {
    respond(grant ? ok(to_json(to_object(call, *grant))) : problem_for(grant.error()));
  };
}

void list_roles(const RoleDesk& roles, const Call& call, const Respond& respond) {
  Array named, grants;
  for (const RoleRule& rule : call.school.roles) {
    Array who;
    for (const std::string& each : rule.who) who.push_back(each);
    named.push_back(Object{{"role", rule.role}, {"who", std::move(who)}});
  }
  for (const RoleGrant& grant : roles.list(call.school)) grants.push_back(to_object(call, grant));
  respond(ok(to_json(Object{{"roles", std::move(named)}, {"grants", std::move(grants)}})));
}

struct RoleAsked {
  RoleWish wish;
  std::string whom, deputy_of;
};

// Everything but the people, who have to be looked up.
Result<RoleAsked> read_role_wish(const Call& call) {
  ASSENT_TRY(const Value body, body_of(call));
  Fields fields{body};
  RoleAsked out;
  out.wish.role = fields.text("role", kRoleTextMax);
  out.whom = fields.text("person", kRoleTextMax);
  out.deputy_of = fields.optional_text("deputy_of", kRoleTextMax).value_or("");
  const auto time = [&](std::string_view key, const std::string& text) {
    return fields.accept(key, parse_school_time(text, call.school, call.services.calendar,
                                                call.services.clock.now()));
  };
  out.wish.until = time("until", fields.text("until", kRoleTextMax));
  if (const auto text = fields.optional_text("from", kRoleTextMax))
    out.wish.from = time("from", *text);
  out.wish.why = line(fields, "why", RoleGrantLimits::kWhy);
  return fields.finish(std::move(out));
}

void ask_for_role(RoleDesk& roles, const Call& call, const Respond& respond) {
  auto asked = read_role_wish(call);
  if (!asked) return respond(problem_for(asked.error()));
  const auto person = one_person(call, asked->whom, respond);
  if (!person) return;
  asked->wish.person = person->key;
  if (!asked->deputy_of.empty()) {
    const auto principal = one_person(call, asked->deputy_of, respond);
    if (!principal) return;
    asked->wish.deputy_of = principal->key;
  }
  const auto answer = answer_with_grant(call, respond);
  if (call.dry_run)
    return answer(roles.to_ask(call.actor, call.school, asked->wish, call.services.clock.now()));
  roles.ask(call.actor, call.school, asked->wish, answer);
}

Result<RoleStep> read_role_step(const Call& call) {
  ASSENT_TRY(const Value body, body_of(call));
  Fields fields{body};
  RoleStep out;
  out.what = fields.accept("step", parse_role_step(fields.text("step", kRoleTextMax)));
  if (body.find("reason")) out.reason = line(fields, "reason", RoleGrantLimits::kWhy);
  return fields.finish(std::move(out));
}

void take_role_step(RoleDesk& roles, const Call& call, const Respond& respond) {
  const auto taken = read_role_step(call);
  if (!taken) return respond(problem_for(taken.error()));
  const std::string& text = call.params["grant"];
  const auto id = parse_id<RoleGrantTag>(text);
  if (!id) return respond(problem_for({Code::NotFound, "no role was asked for as " + text}));
  const auto answer = answer_with_grant(call, respond);
  if (call.dry_run)
    return answer(roles.to_take(call.actor, call.school, *id, *taken, call.services.clock.now()));
  roles.take(call.actor, call.school, *id, *taken, answer);
}

}  // namespace

std::vector<Route> role_routes(const AdminServices& s, RoleDesk& roles) {
  const auto with = [&roles](auto handle) {
    return [&roles, handle](const Call& call, const Respond& respond) {
      handle(roles, call, respond);
    };
  };
  return {signed_in_route(s, "GET", "/v1/roles", "staff", with(list_roles)),
          signed_in_route(s, "POST", "/v1/roles", "staff", with(ask_for_role)),
          signed_in_route(s, "POST", "/v1/roles/{grant}/steps", "staff", with(take_role_step))};
}

}  // namespace assent::http
