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

}  // namespace

Result<Time> ZoneCalendar::instant(Date date, minutes minute, const std::string& zone) const {
  const auto* found = find_zone(zone);
  if (!found) return no_zone(zone);
  if (!date.ok()) return fail(Code::Invalid, "there is no such day");
  if (minute < minutes{0} || minute > days{1})
    return fail(Code::Invalid, "a day has no such minute");
  const date::local_days day{std::chrono::sys_days(date).time_since_epoch()};
  const date::local_seconds local = day + minute;
  return Time{found->to_sys(local, date::choose::earliest).time_since_epoch()};
}

Result<Date> ZoneCalendar::date_of(Time time, const std::string& zone) const {
  const auto* found = find_zone(zone);
  if (!found) return no_zone(zone);
  const auto day = std::chrono::floor<days>(date::make_zoned(found, time).get_local_time());
  return Date{std::chrono::sys_days{day.time_since_epoch()}};
}

std::string ZoneCalendar::local(Time time, const std::string& zone) const {
  const auto* found = find_zone(zone);
  if (!found) return to_rfc3339(time);
  const auto minute = std::chrono::floor<minutes>(time);
  return date::format("%d %b %Y %H:%M", date::make_zoned(found, minute));
}

}  // namespace assent
