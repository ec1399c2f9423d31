#include "service/app/link_record.h"

namespace assent {
namespace {

constexpr std::string_view kActive = "active", kLeft = "left";

std::string text_at(const Value& account, std::string_view key) {
  const Value* value = account.find(key);
  return value && value->text() ? *value->text() : "";
}

}  // namespace

Object account_of(const PersonRow& person, const Registry& registry) {
  return {{"login", person.login},
          {"name", person.name},
          {"form", person.form},
          {"profile", to_text(registry.profile(person.profile).value_or(Profile{}))},
          {"state", person.state == PersonState::Active ? kActive : kLeft},
          {"seen", to_rfc3339(person.seen)},
          {"home", person.home}};
}

Result<PersonRow> with_account(PersonRow person, const Value& link, std::string_view member,
                               const Registry& registry) {
  const Value* account = link.find(member);
  if (!account || !account->object())
    return fail(Code::Corrupt, "the record of the link lacks " + std::string(member));
  person.login = text_at(*account, "login");
  person.name = text_at(*account, "name");
  person.form = text_at(*account, "form");
  person.home = text_at(*account, "home");
  person.state = text_at(*account, "state") == kActive ? PersonState::Active : PersonState::Left;
  ASSENT_TRY(person.seen, parse_rfc3339(text_at(*account, "seen")));
  const Profile profile = parse_profile(text_at(*account, "profile"));
  person.profile = registry.profile_key(person.school, profile).value_or(0);
  return person;
}

}  // namespace assent
