#pragma once
// A filter that reads the directory at night goes by what the directory held when the day began.
// docs/decisions/0012-filters-that-read-at-night.md says who is kept out meanwhile.

#include "service/app/level_ports.h"
#include "service/domain/school.h"

namespace assent {

// What such a filter goes by on the day that began at `day`; empty: it knows nothing of the person.
std::string seen_last_night(const LevelState& state, Time day);

// Whether the school's filter reads at night and still shows the person more than the level that
// they have now. Any thread.
Result<bool> filter_is_behind(const School& school, PersonKey person, const LevelBook& levels,
                              const Calendar& calendar, Time now);

}  // namespace assent
