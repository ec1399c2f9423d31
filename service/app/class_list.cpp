#include "service/app/class_list.h"

#include <algorithm>

#include "core/unicode/unicode.h"
#include "service/app/person_search.h"

namespace assent {
namespace {

// The only one of `people` that fits.
template <class Fits>
const PersonRow* only(const std::vector<PersonRow>& people, Fits fits) {
  const auto found = std::ranges::find_if(people, fits);
  if (found == people.end() || std::ranges::count_if(people, fits) > 1) return nullptr;
  return &*found;
}

}  // namespace

Result<ClassList> ClassList::read(const People& people, const School& school,
                                  const std::string& form) {
  ClassList out;
  ASSENT_CHECK(people.each(school.key, [&](const PersonRow& person,
                                           const std::vector<Standing>& standings) {
    if (person.form != form || person.state != PersonState::Active) return true;
    out.people_.push_back(person);
    out.facts_[person.key] = {person.key, person.school, person.profile, person.state, standings};
    return true;
  }));
  if (out.people_.empty()) return fail(Code::NotFound, "nobody is in form " + form);
  ASSENT_TRY(const auto identities, people.identities(school.key, std::nullopt));
  for (const IdentityRow& identity : identities)
    if (std::ranges::find(out.people_, identity.person, &PersonRow::key) != out.people_.end())
      out.ids_.emplace(identity.external, identity.person);
  return out;
}

const PersonRow* ClassList::find(const std::string& text) const {
  const auto terms = read_search(text);
  if (!terms) return nullptr;
  const auto is_named = [&](const PersonRow& person) {
    const auto [from, to] = ids_.equal_range(terms->external);
    return (terms->login && person.login == *terms->login) || (terms->id == person.id) ||
           std::any_of(from, to, [&](const auto& id) { return id.second == person.key; });
  };
  const auto is_called = [&](const PersonRow& person) {
    const auto name = fold_for_search(person.name);
    return name && *name == terms->name;
  };
  return std::ranges::any_of(people_, is_named) ? only(people_, is_named)
                                                : only(people_, is_called);
}

}  // namespace assent
