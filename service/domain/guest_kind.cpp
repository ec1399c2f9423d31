#include "service/domain/guest_kind.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/number.h"

namespace assent {
namespace {

constexpr std::array<std::string_view, 3> kStarts = {"creation", "first-login", "window"};
constexpr unsigned kDevicesMost = 20, kPerHostMost = 1000;
constexpr std::size_t kPoolLogin = 20;  // what Windows takes as an account's name

Status invalid(std::string message) {
  return fail(Code::Invalid, std::move(message));
}

Status check_length(const GuestKind& kind) {
  if (kind.longest_stay <= minutes{0})
    return invalid("longest_stay is missing: no account is without an end; write such as \"8h\"");
  const bool first_login = kind.counts_from == GuestStart::FirstLogin;
  if (first_login && kind.use_within <= minutes{0})
    return invalid("use_within is missing: an account that nobody uses must end too");
  if (!first_login && kind.use_within != minutes{0})
    return invalid("use_within goes with counts_from = \"first-login\" alone");
  const minutes ahead = kind.counts_from == GuestStart::Window ? minutes{kBookAhead} : minutes{0};
  if (ahead + kind.use_within + kind.longest_stay + kind.longest_extension > kGuestLongest)
    return invalid(
        "longest_stay is too long: with use_within, extend and the 90 days that a window may be "
        "booked ahead, no account lasts more than 366 days");
  return {};
}

Status check_extensions(const GuestKind& kind) {
  if ((kind.extensions > 0) == (kind.longest_extension > minutes{0})) return {};
  return invalid("extend must say how often and how long in all, or be left out");
}

Status check_people(const GuestKind& kind) {
  if (kind.issue.empty()) return invalid("issue is missing: name the roles that may issue one");
  const auto has_self = [](const std::vector<std::string>& roles) {
    return std::ranges::find(roles, kSelf) != roles.end();
  };
  if (has_self(kind.issue) || has_self(kind.sponsor))
    return invalid("request alone may name \"self\": nobody issues or approves their own account");
  if (has_self(kind.request) && kind.sponsor.empty())
    return invalid("sponsor is missing: whoever asks for themselves needs somebody who approves");
  return {};
}

bool is_pool_login(std::string_view text) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= kPoolLogin && plain(text.front()) && plain(text.back()) &&
         std::ranges::all_of(text, [&](char c) { return plain(c) || c == '-' || c == '.'; });
}

Status check_pool(const GuestKind& kind) {
  if (kind.is_pool() && kind.counts_from != GuestStart::Creation)
    return invalid("pool accounts are lent at once: counts_from must be \"creation\"");
  if (kind.is_pool() && kind.own_words)
    return invalid("own_words goes with no pool: the next guest has the same account");
  std::set<std::string_view> seen;
  for (const std::string& login : kind.pool) {
    if (!is_pool_login(login))
      return invalid("pool \"" + login + "\" must be a login of a-z, 0-9, - and ., at most 20");
    if (!seen.insert(login).second) return invalid("pool names \"" + login + "\" twice");
  }
  return {};
}

}  // namespace

std::string_view to_text(GuestStart start) {
  return kStarts[std::size_t(start)];
}

Result<GuestStart> parse_guest_start(std::string_view text) {
  const auto found = std::ranges::find(kStarts, text);
  if (found == kStarts.end())
    return fail(Code::Invalid, "must be \"creation\", \"first-login\" or \"window\"");
  return GuestStart(found - kStarts.begin());
}

Status check_guest_kind(const GuestKind& kind) {
  ASSENT_CHECK(check_length(kind));
  ASSENT_CHECK(check_extensions(kind));
  ASSENT_CHECK(check_people(kind));
  ASSENT_CHECK(check_pool(kind));
  if (kind.hours && (kind.hours->from >= kind.hours->until || kind.hours->days == 0))
    return invalid("hours must begin before they end, on at least one day");
  if (kind.devices < 1 || kind.devices > kDevicesMost) return invalid("devices must be 1 to 20");
  if (kind.live_per_host < 1 || kind.live_per_host > kPerHostMost)
    return invalid("live_per_host must be 1 to 1000");
  return {};
}

Result<minutes> parse_span(std::string_view text) {
  const auto count =
      text.empty() ? std::nullopt : whole_number<unsigned>(text.substr(0, text.size() - 1));
  const char unit = text.empty() ? ' ' : text.back();
  const std::int64_t minutes_each = unit == 'm' ? 1 : unit == 'h' ? 60 : unit == 'd' ? 24 * 60 : 0;
  const minutes out{std::int64_t{count.value_or(0)} * minutes_each};
  if (out <= minutes{0} || out > kGuestLongest)
    return fail(Code::Invalid, "must be such as \"90m\", \"8h\" or \"14d\", at most 366 days");
  return out;
}

std::string span_words(milliseconds span) {
  const auto whole = std::chrono::floor<minutes>(span).count();
  const auto said = [](std::int64_t count, const char* unit) {
    return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
  };
  if (whole > 0 && whole % (24 * 60) == 0) return said(whole / (24 * 60), "day");
  if (whole > 0 && whole % 60 == 0) return said(whole / 60, "hour");
  return said(whole, "minute");
}

Result<minutes> parse_minute_of_day(std::string_view text) {
  const bool shaped = text.size() == 5 && text[2] == ':';
  const auto hour = shaped ? whole_number<unsigned>(text.substr(0, 2)) : std::nullopt;
  const auto minute = shaped ? whole_number<unsigned>(text.substr(3)) : std::nullopt;
  const unsigned out = hour.value_or(99) * 60 + minute.value_or(99);
  if (!hour || !minute || *minute > 59 || out > 24 * 60)
    return fail(Code::Invalid, "must be a time of day from \"00:00\" to \"24:00\"");
  return minutes{out};
}

}  // namespace assent
