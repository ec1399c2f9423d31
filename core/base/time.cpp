#include "core/base/time.h"

#include <cstdio>

namespace assent {
namespace {

// The digits of text[from, from + count), or -1.
int number(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(from, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string to_text(Date date) {
  char out[16];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()),
                unsigned(date.day()));
  return out;
}

Result<Date> parse_date(std::string_view text) {
  const auto wrong = [&] {
    return fail(Code::Invalid,
                "expected a date such as 2026-09-01, got \"" + std::string(text) + "\"");
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return wrong();
  const int year = number(text, 0, 4), month = number(text, 5, 2), day = number(text, 8, 2);
  if (year < 1970 || month < 1 || day < 1) return wrong();
  const Date date{std::chrono::year{year}, std::chrono::month{unsigned(month)},
                  std::chrono::day{unsigned(day)}};
  if (!date.ok()) return wrong();
  return date;
}

std::string to_rfc3339(Time time) {
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::hh_mm_ss clock{time - day};
  char out[32];
  std::snprintf(out, sizeof out, "T%02d:%02d:%02d.%03dZ", int(clock.hours().count()),
                int(clock.minutes().count()), int(clock.seconds().count()),
                int(clock.subseconds().count()));
  return to_text(Date{day}) + out;
}

Result<Time> parse_rfc3339(std::string_view text) {
  const auto wrong = [&] {
    return fail(Code::Invalid, "expected a time such as 2026-09-01T08:00:00.000Z, got \"" +
                                   std::string(text) + "\"");
  };
  if (text.size() != 24) return wrong();
  const auto date = parse_date(text.substr(0, 10));
  const int hour = number(text, 11, 2), minute = number(text, 14, 2);
  const int second = number(text, 17, 2), millisecond = number(text, 20, 3);
  if (!date || hour > 23 || minute > 59 || second > 59) return wrong();
  const Time time = std::chrono::sys_days{*date} + hours{hour} + minutes{minute} + seconds{second} +
                    milliseconds{millisecond};
  if (to_rfc3339(time) != text) return wrong();
  return time;
}

}  // namespace assent
