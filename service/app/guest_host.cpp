#include "service/app/guest_host.h"

#include <algorithm>
#include <array>

namespace assent {
namespace {

constexpr std::array<std::string_view, 3> kHosts = {"staff", "governor", "volunteer"};
constexpr std::size_t kNamed = 10;  // people whom one text finds; so many mean nobody

}  // namespace

bool works_here(const Profile& profile) {
  return std::ranges::any_of(kHosts, [&](std::string_view role) {
    return std::ranges::find(profile, Profile::value_type{"role", role}) != profile.end();
  });
}

Status check_host(const People& people, const Registry& registry, const School& school,
                  PersonKey host, Time now) {
  ASSENT_TRY(const PersonRow person, people.person(host));
  const Profile profile = registry.profile(person.profile).value_or(Profile{});
  const bool has_role = !registry.roles_of(school, person, now).empty();
  if (person.school == school.key && person.state == PersonState::Active &&
      (works_here(profile) || has_role))
    return {};
  return fail(Code::Denied,
              person.name + " cannot be a host: name somebody who works at the school");
}

PersonKey find_host(const People& people, const Registry& registry, const School& school,
                    const std::string& text, Time now) {
  const auto found = people.search({school.key, text, kNamed});
  if (!found || found->size() == kNamed) return 0;
  PersonKey only = 0;
  for (const PersonRow& person : *found) {
    if (!check_host(people, registry, school, person.key, now)) continue;
    if (only != 0) return 0;
    only = person.key;
  }
  return only;
}

}  // namespace assent
