// Tokens of signed-in persons: who has one, another for somebody, and the end of one.

#include "service/http/admin_routes.h"

namespace assent::http {
namespace {

Object to_object(const TokenRow& token, const PersonRow& person, bool live) {
  return {{"token", to_text(token.id)},
          {"person", to_text(person.id)},
          {"login", person.login},
          {"name", person.name},
          {"scope", token.scope},
          {"expires", to_rfc3339(token.expires)},
          {"revoked", token.revoked ? Value{to_rfc3339(*token.revoked)} : Value{}},
          {"live", live}};
}

void list_tokens(const Call& call, const Respond& respond) {
  const auto held = call.services.tokens.list(call.school);
  if (!held) return respond(problem_for(held.error()));
  Array tokens;
  for (const Tokens::Held& each : *held)
    tokens.push_back(to_object(each.token, each.person, each.live));
  respond(ok(to_json(Object{{"tokens", std::move(tokens)}})));
}

void issue(const Call& call, const Respond& respond) {
  const auto body = body_of(call);
  if (!body) return respond(problem_for(body.error()));
  Fields fields{*body};
  const std::string whom = fields.text("for", 256);
  TokenRequest asked{fields.text("scope", 16)};
  if (asked.scope != "admin" && asked.scope != "report:read" && asked.scope != "staff")
    fields.reject("scope", "must be admin, report:read or staff");
  if (body->find("days")) asked.life = days{fields.integer("days", 1, Tokens::kLifeMax.count())};
  if (const Status read = fields.finish(); !read) return respond(problem_for(read.error()));
  const auto person = one_person(call, whom, respond);
  if (!person) return;
  if (call.dry_run) {
    const Status may = call.services.tokens.may_have(call.school, *person);
    return respond(may ? ok(to_json(to_object(call.services, *person))) : problem_for(may.error()));
  }
  call.services.tokens.issue(call.actor, call.school, *person, asked,
                             [respond, person = *person](const Result<IssuedToken>& made) {
                               if (!made) return respond(problem_for(made.error()));
                               Object said = to_object(made->row, person, true);
                               said.emplace_back("bearer", made->bearer);
                               respond(ok(to_json(Value{std::move(said)})));
                             });
}

void revoke(const Call& call, const Respond& respond) {
  const auto answer = [respond](const Result<Tokens::Held>& held) {
    respond(held ? ok(to_json(to_object(held->token, held->person, held->live)))
                 : problem_for(held.error()));
  };
  const std::string& id = call.params["id"];
  if (call.dry_run) return answer(call.services.tokens.to_revoke(call.school, id));
  call.services.tokens.revoke(call.actor, call.school, id, answer);
}

}  // namespace

std::vector<Route> token_routes(const AdminServices& s) {
  return {signed_in_route(s, "GET", "/v1/tokens", "admin", list_tokens),
          signed_in_route(s, "POST", "/v1/tokens", "admin", issue),
          signed_in_route(s, "POST", "/v1/tokens/{id}/revoke", "admin", revoke)};
}

}  // namespace assent::http
