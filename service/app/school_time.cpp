#include "service/app/school_time.h"

#include "service/domain/guest_kind.h"

namespace assent {
namespace {

constexpr std::size_t kDateLength = 10, kMinuteLength = 5;

}  // namespace

Result<Time> parse_school_time(std::string_view text, const School& school,
                               const Calendar& calendar, Time now) {
  if (auto instant = parse_rfc3339(text)) return instant;
  const auto day = parse_date(text.substr(0, kDateLength));
  const std::string_view rest = day ? text.substr(kDateLength) : text;
  if (day && rest.empty()) return calendar.instant(*day, days{1}, school.zone);
  const std::string_view said = day && rest.starts_with(' ') ? rest.substr(1) : rest;
  const auto minute = parse_minute_of_day(said.substr(0, kMinuteLength + 1));
  if (!minute)
    return fail(Code::Invalid,
                "must be a time such as \"15:30\", \"2026-12-04 15:30\" or \"2026-12-04\"");
  ASSENT_TRY(const Date today, calendar.date_of(now, school.zone));
  return calendar.instant(day ? *day : today, *minute, school.zone);
}

}  // namespace assent
