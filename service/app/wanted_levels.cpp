#include "service/app/wanted_levels.h"

namespace assent {

LevelChoice wanted_level(const Registry& registry, const School& school, const Facts& facts,
                         Time now) {
  const auto catalogue = registry.catalogue();
  const auto audience = registry.audience(school.key, facts.profile);
  const Decision decision = decide(facts, *audience, school, *catalogue, now);
  return level_of(decision, facts, *audience, school, now).choice;
}

Result<LevelChoice> put_level(Transaction& transaction, const Registry& registry,
                              const School& school, PersonKey person, Time now, bool swept) {
  if (school.levels.empty()) return LevelChoice{};
  ASSENT_TRY(const Facts facts, transaction.facts(person));
  LevelChoice choice = wanted_level(registry, school, facts, now);
  // Else a guest's goes with their sessions: the output knows nobody by that name.
  const bool is_guest = !registry.audience(school.key, facts.profile)->guest.empty();
  if (is_guest && !school.guests_in_directory) return choice;
  ASSENT_CHECK(transaction.put(LevelRow{person, school.key, choice.level, choice.why, now, swept}));
  return choice;
}

Status put_sweep(Transaction& transaction, const School& school, Time due, std::string cause,
                 bool from_roster) {
  if (school.levels.empty()) return {};
  SweepRow sweep;
  sweep.school = school.key;
  sweep.due = due;
  sweep.cause = std::move(cause);
  sweep.from_roster = from_roster;
  ASSENT_CHECK(transaction.put(sweep));
  return {};
}

}  // namespace assent
