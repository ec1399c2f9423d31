#pragma once
// Dates in the schools' time zones, from the system's tz database. It has no clock.

#include "service/app/ports.h"

namespace assent {

// Any thread. A day whose midnight comes twice, or not at all, begins at its first instant.
class ZoneCalendar final : public Calendar {
 public:
  Result<Time> instant(Date date, minutes minute, const std::string& zone) const override;
  Result<Date> date_of(Time time, const std::string& zone) const override;
  // In UTC as RFC 3339 when the zone is unknown.
  std::string local(Time time, const std::string& zone) const override;
};

}  // namespace assent
