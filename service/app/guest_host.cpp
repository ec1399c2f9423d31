#include "service/app/guest_host.h"

#include <algorithm>
#include <array>

namespace assent {
namespace {

constexpr std::array<std::string_view, 3> kHosts = {"staff", "governor", "volunteer"};
constexpr std::size_t kNamed = 10;  // people whom one text finds; so many mean nobody

}  // namespace

Status check_host(const People& people, const Registry& registry, const School& school,
                  PersonKey host) {
  ASSENT_TRY(const PersonRow person, people.person(host));
  const Profile profile = registry.profile(person.profile).value_or(Profile{});
  const bool works_here = std::ranges::any_of(kHosts, [&](std::string_view role) {
    return std::ranges::find(profile, Profile::value_type{"role", role}) != profile.end();
  });
  const bool has_role = !roles_of(school, person.login, profile).empty();
  if (person.school == school.key && person.state == PersonState::Active &&
      (works_here || has_role))
    return {};
  return fail(Code::Denied,
              person.name + " cannot be a host: name somebody who works at the school");
}

PersonKey find_host(const People& people, const Registry& registry, const School& school,
                    const std::string& text) {
  const auto found = people.search({school.key, text, kNamed});
  if (!found || found->size() == kNamed) return 0;
  PersonKey only = 0;
  for (const PersonRow& person : *found) {
    if (!check_host(people, registry, school, person.key)) continue;
    if (only != 0) return 0;
    only = person.key;
  }
  return only;
}

}  // namespace assent
