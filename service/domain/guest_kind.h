#pragma once
// A kind of guest, as a school configures it ([guest.NAME] in its file): visitor, supply,
// contractor, visiting-pupil. Kinds are values and their names are the school's own. What a guest
// of a kind may be is here; who is one, and until when, is guest.h. docs/guests.md explains both.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace assent {

// No account outlives this, whatever is configured: an end that nobody lives to see is none.
// Counted from the day on which it is made, so that a directory takes every end
// (EndingAccountLimits).
inline constexpr days kGuestLongest{366};
// How far ahead a start may be chosen.
inline constexpr days kBookAhead{90};
// In `request`: whoever asks on the portal, without being signed in.
inline constexpr std::string_view kSelf = "self";

// What the longest stay is counted from. Window: a start that is chosen when the guest is asked
// for.
enum class GuestStart : std::uint8_t { Creation, FirstLogin, Window };
std::string_view to_text(GuestStart start);  // "creation", "first-login", "window"
Result<GuestStart> parse_guest_start(std::string_view text);

// From and until as minutes of the school's own day, from < until; on some days of the week.
struct DailyHours {
  minutes from{0}, until{24 * 60};
  std::uint8_t days = 0x7F;  // a bit for each day, Sunday the lowest
  bool on(std::chrono::weekday day) const { return (days >> day.c_encoding()) & 1; }
  friend bool operator==(const DailyHours&, const DailyHours&) = default;
};

struct GuestKind {
  std::string name;             // "visitor"
  std::string audience, stage;  // the school's audience whose rules they read, and a pupil's stage
  GuestStart counts_from = GuestStart::Creation;
  minutes longest_stay{0};
  minutes use_within{0};  // FirstLogin only: an account that nobody used ends then
  std::optional<DailyHours> hours;
  unsigned devices = 2;
  unsigned extensions = 0;
  minutes longest_extension{0};  // of all extensions together
  // Roles, by the school's names (R14). Who may issue may also ask. Where there are sponsors, one
  // of them has to approve what is asked for by somebody who may not issue.
  std::vector<std::string> issue, request, sponsor;
  unsigned live_per_host = 20;
  minutes retention{days{365}};   // after its end
  std::vector<std::string> pool;  // accounts made beforehand and lent; empty: each has its own
  bool is_pool() const { return !pool.empty(); }
  bool own_words = false;  // its guests may choose words of their own instead of a passphrase
  friend bool operator==(const GuestKind&, const GuestKind&) = default;
};

// Invalid, naming the key, unless guests of this kind can only have an end and somebody who answers
// for them.
Status check_guest_kind(const GuestKind& kind);

// "90m", "8h", "14d": at least a minute, at most kGuestLongest. A day is 24 hours.
Result<minutes> parse_span(std::string_view text);
std::string span_words(milliseconds span);  // "90 minutes", "8 hours", "14 days"
// "07:30" to "24:00", as a minute of the day.
Result<minutes> parse_minute_of_day(std::string_view text);

}  // namespace assent
