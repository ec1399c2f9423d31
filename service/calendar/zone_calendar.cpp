#include "service/calendar/zone_calendar.h"

#include <date/tz.h>

#include <stdexcept>

namespace assent {
namespace {

// The library's way of saying "no such zone" is an exception: it ends here.
const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

Result<Time> ZoneCalendar::start_of_day(Date date, const std::string& zone) const {
  const auto* found = find_zone(zone);
  if (!found) return fail(Code::Invalid, "no time zone is called " + zone);
  if (!date.ok()) return fail(Code::Invalid, "there is no such day");
  const date::local_seconds midnight{std::chrono::sys_days(date).time_since_epoch()};
  return Time{found->to_sys(midnight, date::choose::earliest).time_since_epoch()};
}

std::string ZoneCalendar::local(Time time, const std::string& zone) const {
  const auto* found = find_zone(zone);
  if (!found) return to_rfc3339(time);
  const auto minute = std::chrono::floor<minutes>(time);
  return date::format("%d %b %Y %H:%M", date::make_zoned(found, minute));
}

}  // namespace assent
