#pragma once
// Times as people at a school write them.

#include "service/app/ports.h"
#include "service/domain/school.h"

namespace assent {

// "15:30": today; "2026-12-04 15:30"; "2026-12-04": the end of that day; in the school's zone. Or
// an instant in RFC 3339. Invalid says what would do.
Result<Time> parse_school_time(std::string_view text, const School& school,
                               const Calendar& calendar, Time now);

}  // namespace assent
