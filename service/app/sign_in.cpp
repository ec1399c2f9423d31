#include "service/app/sign_in.h"

#include <algorithm>

#include "service/domain/login.h"

namespace assent {
namespace {

constexpr std::string_view kSessionType = "assent/page-session/v1";
constexpr std::size_t kCandidates = 10;

Failure unknown(const School& school) {
  return fail(Code::Denied, "You are signed in, but " + school.title +
                                " does not know this account. Ask ICT to look it up.");
}
Failure nobody() {
  return fail(Code::Denied, "You are not signed in, or your session is over.");
}

// The value of one cookie; empty when it is not there.
std::string_view cookie_of(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    std::string_view one = cookies.substr(0, cookies.find(';'));
    cookies.remove_prefix(std::min(one.size() + 1, cookies.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(name) && one.substr(name.size()).starts_with('='))
      return one.substr(name.size() + 1);
  }
  return {};
}

}  // namespace

// By the id that the roster has from the same place; two people are nobody.
Result<PersonRow> SignIn::find(const School& school, const std::string& name, bool by_login) const {
  if (by_login && !canonical_login(name)) return unknown(school);
  auto found = needs_.people.search({school.key, name, kCandidates});
  if (!found) return found.error().code == Code::Invalid ? unknown(school) : fail(found.error());
  const PersonRow* only = nullptr;
  for (const PersonRow& person : *found) {
    bool is_meant = by_login && person.login == *canonical_login(name);
    if (!by_login) {
      ASSENT_TRY(const auto ids, needs_.people.identities(school.key, person.key));
      is_meant = std::ranges::any_of(ids, [&](const IdentityRow& id) {
        return id.source == needs_.settings.source && id.external == name;
      });
    }
    if (!is_meant) continue;
    if (only) return unknown(school);
    only = &person;
  }
  if (!only) return unknown(school);
  return *only;
}

Result<std::string> SignIn::open(const School& school, const SignedIn& who,
                                 milliseconds life) const {
  if (needs_.settings.issuer.empty() || who.issuer != needs_.settings.issuer || who.subject.empty())
    return fail(Code::Denied, "Signing in is not set up here: ask ICT ([signin] in assent.toml).");
  const bool by_login = needs_.settings.source == "login";
  const std::string name = by_login ? who.login.substr(0, who.login.find('@')) : who.subject;
  ASSENT_TRY(const PersonRow person, find(school, name, by_login));
  return seal_session(school, person, life, false);
}

Result<std::string> SignIn::open_for_signing(const School& school,
                                             const std::string& account) const {
  ASSENT_TRY(const PersonRow person, find(school, account, true));
  return seal_session(school, person, kSigningLife, true);
}

Result<std::string> SignIn::seal_session(const School& school, const PersonRow& person,
                                         milliseconds life, bool only_signing) const {
  const auto audience = needs_.registry.audience(school.key, person.profile);
  if (person.state != PersonState::Active || audience->shared || !audience->guest.empty())
    return unknown(school);
  const Time until = needs_.clock.now() + life;
  const auto nonce = needs_.random.bytes<16>();
  return seal(needs_.key, kSessionType,
              Packer()
                  .number(std::uint64_t(person.key))
                  .number(school.key)
                  .number(std::uint64_t(until.time_since_epoch().count()))
                  .number(only_signing)
                  .text(text_of(nonce))
                  .take());
}

Result<PageSession> SignIn::session(std::string_view cookies) const {
  const std::string_view sealed = cookie_of(cookies, kCookie);
  if (sealed.empty()) return nobody();
  const auto content = unseal(needs_.key, kSessionType, sealed);
  if (!content) return nobody();
  Unpacker in{*content};
  const auto key = PersonKey(in.number());
  const auto school = SchoolKey(in.number());
  const Time until{milliseconds{std::int64_t(in.number())}};
  const bool only_signing = in.number() != 0;
  const std::string nonce = in.text();
  if (!in.ok() || needs_.clock.now() >= until) return nobody();
  auto person = needs_.people.person(key);
  if (!person && person.error().code != Code::NotFound) return fail(person.error());
  PageSession out;
  out.school = needs_.registry.school(school);
  if (!person || person->state != PersonState::Active || !out.school) return nobody();
  out.actor = {*std::move(person), "staff"};
  out.only_signing = only_signing;
  out.form_token =
      to_hex(keyed_hash(needs_.key, {bytes_of("assent/form-token/v1"), bytes_of(nonce)}));
  return out;
}

bool SignIn::is_own(const PageSession& session, std::string_view form_token) {
  return same_bytes(bytes_of(session.form_token), bytes_of(form_token));
}

}  // namespace assent
