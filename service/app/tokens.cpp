#include "service/app/tokens.h"

#include <algorithm>

#include "service/app/actors.h"
#include "service/app/then_give.h"
#include "service/app/ticket.h"

namespace assent {
namespace {

Object token_fields(const School& school, std::string_view what, const TokenRow& token,
                    const PersonRow& person) {
  return {{"school", school.name.value},
          {"what", what},
          {"token", to_text(token.id)},
          {"scope", token.scope},
          {"expires", to_rfc3339(token.expires)},
          {"subject", Object{{"id", to_text(person.id)}, {"login", person.login}}}};
}

}  // namespace

Result<std::vector<Tokens::Held>> Tokens::list(const School& school) const {
  std::vector<Held> out;
  for (const TokenRow& token : needs_.registry.tokens()) {
    ASSENT_TRY(PersonRow person, needs_.people.person(token.person));
    if (person.school != school.key) continue;
    const bool live =
        !token.revoked && needs_.clock.now() < token.expires && person.state == PersonState::Active;
    out.push_back({token, std::move(person), live});
  }
  std::ranges::stable_sort(out, {}, [](const Held& held) { return held.token.expires; });
  return out;
}

Status Tokens::may_have(const School& school, const PersonRow& person) const {
  if (person.state != PersonState::Active)
    return fail(Code::Conflict, person.name + " is no longer here");
  if (needs_.registry.audience(school.key, person.profile)->shared)
    return fail(Code::Denied, person.login + " is a shared account: a token belongs to a person");
  return {};
}

void Tokens::issue(const Actor& actor, const School& school, const PersonRow& person,
                   const TokenRequest& request, const Then<IssuedToken>& then) {
  auto made = std::make_shared<IssuedToken>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_CHECK(may_have(school, person));
    *made = make_token(needs_.key, person.key, request.scope, context.now, needs_.random);
    made->row.expires = context.now + request.life;
    made->row.made_by = actor.person.key;
    ASSENT_CHECK(transaction.put(made->row));
    return std::vector<Draft>{{"admin.token", make_nonce(context.now, needs_.random), person.key,
                               by_actor(actor, token_fields(school, "new", made->row, person))}};
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<IssuedToken>(then, made));
  if (!queued) then(fail(queued.error()));
}

Result<Tokens::Held> Tokens::to_revoke(const School& school, const std::string& id) const {
  const auto parsed = parse_id<TokenTag>(id);
  const auto token = parsed ? needs_.registry.token(*parsed) : std::nullopt;
  const auto person = token ? needs_.people.person(token->person) : fail(Code::NotFound, "");
  if (!person || person->school != school.key)
    return fail(Code::NotFound, "no token is called " + id);
  if (token->revoked) return fail(Code::Conflict, id + " was revoked already");
  return Held{*token, *person, false};
}

void Tokens::revoke(const Actor& actor, const School& school, const std::string& id,
                    const Then<Held>& then) {
  auto made = std::make_shared<Held>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(*made, to_revoke(school, id));
    made->token.revoked = context.now;
    ASSENT_CHECK(transaction.put(made->token));
    return std::vector<Draft>{
        {"admin.token", make_nonce(context.now, needs_.random), made->person.key,
         by_actor(actor, token_fields(school, "revoke", made->token, made->person))}};
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<Held>(then, made));
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
