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

// Daily hours hold on the two days on which the clocks change.
TEST(ZoneCalendar, AMinuteOfADayIsItsFirstInstantInTheZone) {
  struct Minute {
    const char *day, *minute, *at;
  };
  const Minute minutes_of_days[] = {
      {"2026-01-15", "15:30", "2026-01-15T15:30:00.000Z"},
      {"2026-06-15", "15:30", "2026-06-15T14:30:00.000Z"},
      {"2026-06-15", "24:00", "2026-06-15T23:00:00.000Z"},
      {"2026-03-29", "00:30", "2026-03-29T00:30:00.000Z"},
      {"2026-03-29", "01:30", "2026-03-29T01:00:00.000Z"},  // there is no half past one
      {"2026-03-29", "02:00", "2026-03-29T01:00:00.000Z"},
      {"2026-03-29", "08:00", "2026-03-29T07:00:00.000Z"},
      {"2026-03-29", "24:00", "2026-03-29T23:00:00.000Z"},
      {"2026-10-25", "01:30", "2026-10-25T00:30:00.000Z"},  // it comes twice
      {"2026-10-25", "08:00", "2026-10-25T08:00:00.000Z"},
      {"2026-10-25", "24:00", "2026-10-26T00:00:00.000Z"},
  };
  for (const auto& [day, minute, at] : minutes_of_days) {
    const minutes of_day{std::stoi(minute) * 60 + std::stoi(minute + 3)};
    auto found = ZoneCalendar().instant(parse_date(day).value(), of_day, "Europe/London");
    EXPECT_EQ(to_rfc3339(found.value()), at) << day << " " << minute;
  }
}

TEST(ZoneCalendar, ADayHasNoMinuteBeforeItAndNoneBehindIt) {
  const auto day = parse_date("2026-01-15").value();
  for (const minutes none : {minutes{-1}, minutes{24 * 60 + 1}})
    EXPECT_FALSE(ZoneCalendar().instant(day, none, "Europe/London"));
  EXPECT_FALSE(ZoneCalendar().instant(Date{}, minutes{0}, "Europe/London"));
}

TEST(ZoneCalendar, TheDateIsTheZonesOwn) {
  const auto date = [](const char* time, const char* zone) {
    return to_text(ZoneCalendar().date_of(parse_rfc3339(time).value(), zone).value());
  };
  EXPECT_EQ(date("2026-06-09T22:59:59.999Z", "Europe/London"), "2026-06-09");
  EXPECT_EQ(date("2026-06-09T23:00:00.000Z", "Europe/London"), "2026-06-10");
  EXPECT_EQ(date("2026-01-01T00:00:00.000Z", "America/Havana"), "2025-12-31");
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
