#include "service/app/level_desk.h"

#include <algorithm>
#include <map>

namespace assent {

Result<Facts> facts_of(const PersonRow& person, const Standings& standings, const People& people) {
  if (!person.login.empty()) return standings.find(person.school, person.login);
  Facts out{person.key, person.school, person.profile, person.state, {}};
  ASSENT_CHECK(
      people.each(person.school, [&](const PersonRow& each, const std::vector<Standing>& theirs) {
        if (each.key != person.key) return true;
        out.standings = theirs;
        return false;
      }));
  return out;
}

Result<PersonLevel> LevelDesk::of(const School& school, const PersonRow& person) const {
  ASSENT_TRY(const Facts facts, facts_of(person, needs_.standings, needs_.people));
  const auto catalogue = needs_.registry.catalogue();
  const auto audience = needs_.registry.audience(school.key, facts.profile);
  const Time now = needs_.clock.now();
  const Decision decision = decide(facts, *audience, school, *catalogue, now);
  return level_of(decision, facts, *audience, school, now);
}

Result<LevelDesk::Page> LevelDesk::page(const School& school, const std::string& after,
                                        std::size_t limit) const {
  if (school.levels.empty())
    return fail(Code::Conflict,
                school.title + " has no levels: write levels and level into its file");
  limit = std::clamp<std::size_t>(limit, 1, kPageMax);
  std::map<std::string, Facts> first;  // the least logins, and one more to know that there is one
  ASSENT_CHECK(needs_.people.each(
      school.key, [&](const PersonRow& person, const std::vector<Standing>& standings) {
        const bool full = first.size() > limit;
        if (person.state != PersonState::Active || person.login <= after) return true;
        if (full && person.login > first.rbegin()->first) return true;
        first[person.login] = {person.key, person.school, person.profile, person.state, standings};
        if (first.size() > limit + 1) first.erase(std::prev(first.end()));
        return true;
      }));
  Page page;
  page.more = first.size() > limit;
  const auto catalogue = needs_.registry.catalogue();
  const Time now = needs_.clock.now();
  for (const auto& [login, facts] : first) {
    if (page.rows.size() == limit) break;
    const auto audience = needs_.registry.audience(school.key, facts.profile);
    const Decision decision = decide(facts, *audience, school, *catalogue, now);
    page.rows.push_back({login, level_of(decision, facts, *audience, school, now).choice});
  }
  return page;
}

}  // namespace assent
