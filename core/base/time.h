#pragma once
// Time is data. Pure functions take a Time; only use cases hold a Clock; only a main() makes a
// SystemClock. Nothing else may ask what time it is (tests/tidy checks).

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace assent {

// UTC, milliseconds since 1970.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;  // Any thread.
};

// "2026-09-01T08:00:00.000Z" (RFC 3339) and nothing else: equal times have equal bytes.
std::string to_rfc3339(Time time);
Result<Time> parse_rfc3339(std::string_view text);

// "2026-09-01", a real day of the years 1970 to 9999.
std::string to_text(Date date);
Result<Date> parse_date(std::string_view text);

}  // namespace assent
