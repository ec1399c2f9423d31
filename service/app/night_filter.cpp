#include "service/app/night_filter.h"

namespace assent {

std::string seen_last_night(const LevelState& state, Time day) {
  if (!state.applied) return "";
  return *state.applied < day ? state.applied_level : state.night_level;
}

Result<bool> filter_is_behind(const School& school, PersonKey person, const LevelBook& levels,
                              const Calendar& calendar, Time now) {
  if (school.filter.sees_groups_within.kind != FilterDelay::Kind::Nightly) return false;
  ASSENT_TRY(const auto state, levels.of(person));
  if (!state) return false;
  ASSENT_TRY(const Time day, calendar.day_of(now, school.zone));
  return school.levels.is_looser(seen_last_night(*state, day), state->level);
}

}  // namespace assent
