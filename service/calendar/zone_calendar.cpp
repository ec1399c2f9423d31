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

Failure no_zone(const std::string& name) {
  return fail(Code::Invalid, "no time zone is called " + name);
}

Time begin_of(date::local_days day, const date::time_zone& zone) {
  return Time{zone.to_sys(date::local_seconds{day}, date::choose::earliest).time_since_epoch()};
}

}  // namespace

Result<Time> ZoneCalendar::start_of_day(Date date, const std::string& zone) const {
  const auto* found = find_zone(zone);
  if (!found) return no_zone(zone);
  if (!date.ok()) return fail(Code::Invalid, "there is no such day");
  return begin_of(date::local_days{std::chrono::sys_days(date).time_since_epoch()}, *found);
}

Result<Time> ZoneCalendar::day_of(Time time, const std::string& zone) const {
  const auto* found = find_zone(zone);
  if (!found) return no_zone(zone);
  return begin_of(std::chrono::floor<days>(date::make_zoned(found, time).get_local_time()), *found);
}

std::string ZoneCalendar::local(Time time, const std::string& zone) const {
  const auto* found = find_zone(zone);
  if (!found) return to_rfc3339(time);
  const auto minute = std::chrono::floor<minutes>(time);
  return date::format("%d %b %Y %H:%M", date::make_zoned(found, minute));
}

}  // namespace assent
