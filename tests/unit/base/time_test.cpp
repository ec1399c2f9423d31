// Times and dates have one spelling each: equal times have equal bytes.

#include "core/base/time.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

TEST(Rfc3339, ATimeComesBackToTheMillisecond) {
  struct Case {
    std::int64_t milliseconds;
    const char* text;
  };
  for (const Case& c : {Case{0, "1970-01-01T00:00:00.000Z"}, Case{999, "1970-01-01T00:00:00.999Z"},
                        Case{951'782'400'000, "2000-02-29T00:00:00.000Z"},
                        Case{1'788'249'600'001, "2026-09-01T08:00:00.001Z"},
                        Case{253'402'300'799'999, "9999-12-31T23:59:59.999Z"}}) {
    const Time time{milliseconds{c.milliseconds}};
    EXPECT_EQ(to_rfc3339(time), c.text);
    EXPECT_EQ(parse_rfc3339(c.text).value(), time);
  }
}

TEST(Rfc3339, EveryOtherSpellingIsRefused) {
  for (const char* text :
       {"", "2026-09-01", "2026-09-01T08:00:00Z", "2026-09-01T08:00:00.00Z",
        "2026-09-01T08:00:00.0000Z", "2026-09-01t08:00:00.000Z", "2026-09-01 08:00:00.000Z",
        "2026-09-01T08:00:00.000z", "2026-09-01T08:00:00,000Z", "2026-09-01T08:00:00.000+",
        "2026-09-01T24:00:00.000Z", "2026-09-01T08:60:00.000Z", "2026-09-01T08:00:60.000Z",
        "2026-02-29T08:00:00.000Z", "1969-12-31T23:59:59.999Z", "2026-09-01T-8:00:00.000Z",
        "2026-09-01T08:00:00.-01Z", "2026-09-01T+8:00:00.000Z", " 026-09-01T08:00:00.000Z"})
    EXPECT_EQ(parse_rfc3339(text).error().code, Code::Invalid) << text;
}

TEST(Date, IsARealDayOfOurTimes) {
  EXPECT_EQ(to_text(parse_date("2024-02-29").value()), "2024-02-29");
  EXPECT_EQ(to_text(parse_date("1970-01-01").value()), "1970-01-01");
  EXPECT_EQ(to_text(parse_date("9999-12-31").value()), "9999-12-31");
  for (const char* text :
       {"", "2023-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "1969-12-31",
        "2026-9-01", "2026/09/01", "2026-09-01 ", "+026-09-01", "2026-0 -01"})
    EXPECT_EQ(parse_date(text).error().code, Code::Invalid) << text;
  EXPECT_EQ(parse_date("tomorrow").error().message,
            "expected a date such as 2026-09-01, got \"tomorrow\"");
}

}  // namespace
}  // namespace assent
