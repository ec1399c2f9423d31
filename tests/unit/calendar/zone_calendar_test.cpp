#include "service/calendar/zone_calendar.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

struct Day {
  const char *zone, *day, *begins;
};

TEST(ZoneCalendar, ADayBeginsAtItsFirstInstantInTheZone) {
  const Day days[] = {
      {"Europe/London", "2026-01-15", "2026-01-15T00:00:00.000Z"},
      {"Europe/London", "2026-09-01", "2026-08-31T23:00:00.000Z"},  // summer time
      {"Europe/London", "2026-03-29", "2026-03-29T00:00:00.000Z"},  // the clocks go forward
      {"Europe/London", "2026-03-30", "2026-03-29T23:00:00.000Z"},
      {"Europe/London", "2026-10-25", "2026-10-24T23:00:00.000Z"},      // and back
      {"America/Havana", "2020-11-01", "2020-11-01T04:00:00.000Z"},     // midnight comes twice
      {"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"},  // there is no midnight
      {"UTC", "2026-12-31", "2026-12-31T00:00:00.000Z"},
  };
  for (const auto& [zone, day, begins] : days) {
    auto start = ZoneCalendar().start_of_day(parse_date(day).value(), zone);
    EXPECT_EQ(to_rfc3339(start.value()), begins) << zone << " " << day;
  }
}

TEST(ZoneCalendar, ATimeIsInTheDayThatHasBegunInTheZone) {
  const Day days[] = {
      {"Europe/London", "2026-11-09T00:00:00.000Z", "2026-11-09T00:00:00.000Z"},
      {"Europe/London", "2026-11-09T23:59:59.999Z", "2026-11-09T00:00:00.000Z"},
      {"Europe/London", "2026-06-09T22:59:59.999Z", "2026-06-08T23:00:00.000Z"},
      {"Europe/London", "2026-06-09T23:00:00.000Z", "2026-06-09T23:00:00.000Z"},
      {"Europe/London", "2026-03-29T12:00:00.000Z", "2026-03-29T00:00:00.000Z"},
      {"Europe/London", "2026-10-25T12:00:00.000Z", "2026-10-24T23:00:00.000Z"},
      {"America/Havana", "2020-11-01T05:30:00.000Z", "2020-11-01T04:00:00.000Z"},
      {"America/Sao_Paulo", "2018-11-04T03:00:00.000Z", "2018-11-04T03:00:00.000Z"},
  };
  for (const auto& [zone, time, begins] : days) {
    auto day = ZoneCalendar().day_of(parse_rfc3339(time).value(), zone);
    EXPECT_EQ(to_rfc3339(day.value()), begins) << zone << " " << time;
  }
}

TEST(ZoneCalendar, RefusesAZoneThatNobodyKnows) {
  const auto day = parse_date("2026-01-15").value();
  for (const char* zone : {"", "Europe/Nowhere", "../etc/passwd", "europe/london"}) {
    const auto start = ZoneCalendar().start_of_day(day, zone);
    ASSERT_FALSE(start) << zone;
    EXPECT_EQ(start.error().code, Code::Invalid);
    EXPECT_FALSE(ZoneCalendar().day_of(Time{}, zone)) << zone;
  }
}

TEST(ZoneCalendar, ShowsTheLocalTime) {
  const auto show = [](const char* time, const char* zone) {
    return ZoneCalendar().local(parse_rfc3339(time).value(), zone);
  };
  EXPECT_EQ(show("2026-11-09T08:31:59.999Z", "Europe/London"), "09 Nov 2026 08:31");
  EXPECT_EQ(show("2026-06-09T23:31:00.000Z", "Europe/London"), "10 Jun 2026 00:31");
  EXPECT_EQ(show("2026-06-09T23:31:00.000Z", "Nowhere"), "2026-06-09T23:31:00.000Z");
}

}  // namespace
}  // namespace assent
