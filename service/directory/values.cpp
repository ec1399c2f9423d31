#include "service/directory/values.h"

#include <algorithm>
#include <array>

#include "core/base/bytes.h"
#include "core/base/letters.h"
#include "core/base/number.h"
#include "core/base/text.h"

namespace assent::directory {
namespace {

// Where each byte of the text's order stands in an objectGUID.
constexpr std::array<std::size_t, 16> kGuidOrder = {3, 2, 1,  0,  5,  4,  7,  6,
                                                    8, 9, 10, 11, 12, 13, 14, 15};

// Of a FILETIME.
constexpr std::int64_t kTicksPerMs = 10'000;
constexpr milliseconds kFrom1601To1970{11'644'473'600'000};

std::string dashed(const std::string& hex) {
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20);
}

// A UUID in lower case (RFC 4122, 3); Invalid for another form.
Result<std::string> lower_uuid(std::string_view text) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  std::string out = lower(text);
  const auto fits = [](char form, char c) {
    return form == '-' ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  };
  if (!std::ranges::equal(kForm, out, fits)) return fail(Code::Invalid, "this is no UUID");
  return out;
}

// Reads two digits and moves past them.
std::optional<int> two(std::string_view& text) {
  if (text.size() < 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
    return std::nullopt;
  const int out = (text[0] - '0') * 10 + (text[1] - '0');
  text.remove_prefix(2);
  return out;
}

bool starts_with_digit(std::string_view text) {
  return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

// ".5" of the unit before it, in milliseconds.
milliseconds fraction(std::string_view& text, milliseconds unit) {
  if (!text.starts_with('.') && !text.starts_with(',')) return {};
  text.remove_prefix(1);
  milliseconds out{};
  for (auto part = unit; starts_with_digit(text); text.remove_prefix(1)) {
    part /= 10;
    out += part * (text.front() - '0');
  }
  return out;
}

// "Z", "+0100", "-05".
std::optional<minutes> offset(std::string_view text) {
  if (text == "Z") return minutes{0};
  const bool behind = text.starts_with('-');
  if (!behind && !text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  const auto hour = two(text);
  const auto minute = text.empty() ? std::optional<int>{0} : two(text);
  if (!hour || !minute || !text.empty() || *hour > 23 || *minute > 59) return std::nullopt;
  const minutes out = hours{*hour} + minutes{*minute};
  return behind ? -out : out;
}

}  // namespace

Result<std::string> guid_text(std::string_view bytes) {
  if (bytes.size() != kGuidOrder.size()) return fail(Code::Invalid, "this is no objectGUID");
  std::string ordered;
  for (const std::size_t from : kGuidOrder) ordered += bytes[from];
  return dashed(to_hex(bytes_of(ordered)));
}

Result<std::string> guid_bytes(std::string_view text) {
  ASSENT_TRY(std::string hex, lower_uuid(text));
  if (hex != text) return fail(Code::Invalid, "this is no objectGUID");
  std::erase(hex, '-');
  ASSENT_TRY(const Blob ordered, from_hex(hex));
  std::string out(kGuidOrder.size(), '\0');
  for (std::size_t i = 0; i < out.size(); ++i) out[kGuidOrder[i]] = char(ordered[i]);
  return out;
}

Result<std::string> uuid_text(std::string_view text) {
  return lower_uuid(text);
}

Result<std::optional<Time>> parse_filetime(std::string_view text) {
  constexpr std::int64_t kNever = INT64_MAX;
  const auto ticks = whole_number<std::int64_t>(text);
  if (!ticks || *ticks < 0) return fail(Code::Invalid, "this is no time of Active Directory");
  if (*ticks == 0 || *ticks == kNever) return std::nullopt;
  return std::optional<Time>{Time{milliseconds{*ticks / kTicksPerMs} - kFrom1601To1970}};
}

std::string filetime_text(Time time) {
  const milliseconds since1970 = std::chrono::floor<seconds>(time).time_since_epoch();
  return std::to_string((since1970 + kFrom1601To1970).count() * kTicksPerMs);
}

Result<Time> parse_generalized_time(std::string_view text) {
  const auto wrong = [] { return fail(Code::Invalid, "this is no GeneralizedTime"); };
  const auto century = two(text), year = two(text), month = two(text), day = two(text),
             hour = two(text);
  if (!hour || *hour > 23 || *century < 19) return wrong();
  const Date date{std::chrono::year{*century * 100 + *year}, std::chrono::month{unsigned(*month)},
                  std::chrono::day{unsigned(*day)}};
  if (!date.ok() || int(date.year()) < 1970) return wrong();
  milliseconds unit = hours{1}, time = hours{*hour};
  for (const milliseconds next : {milliseconds{minutes{1}}, milliseconds{seconds{1}}}) {
    if (!starts_with_digit(text)) break;
    const auto value = two(text);
    if (!value || *value > 59) return wrong();
    time += next * *value;
    unit = next;
  }
  time += fraction(text, unit);
  const auto zone = offset(text);
  if (!zone) return wrong();
  return Time{std::chrono::sys_days(date)} + time - *zone;
}

std::string generalized_time_text(Time time) {
  std::string out;
  for (const char c : to_rfc3339(time).substr(0, 19))
    if (c >= '0' && c <= '9') out += c;
  return out + "Z";
}

std::string unicode_password(std::string_view password) {
  std::string out;
  const auto add = [&](char32_t unit) { out += {char(unit & 0xff), char(unit >> 8)}; };
  add('"');
  for_each_codepoint(password, [&](char32_t point) {
    if (point < 0x10000) return add(point);
    add(0xd800 + ((point - 0x10000) >> 10));
    add(0xdc00 + ((point - 0x10000) & 0x3ff));
  });
  add('"');
  return out;
}

std::optional<RangedName> parse_ranged(std::string_view name) {
  constexpr std::string_view kRange = ";range=";
  const std::size_t at = name.find(kRange);
  if (at == name.npos || at == 0) return std::nullopt;
  const std::string_view range = name.substr(at + kRange.size());
  const std::size_t dash = range.find('-');
  if (dash == range.npos) return std::nullopt;
  const auto first = whole_number<std::size_t>(range.substr(0, dash));
  const auto last = whole_number<std::size_t>(range.substr(dash + 1));
  const bool is_end = range.substr(dash + 1) == "*";
  if (!first || (!last && !is_end) || (last && *last < *first)) return std::nullopt;
  return RangedName{std::string(name.substr(0, at)), *first, last};
}

std::string range_from(std::string_view name, std::size_t first) {
  return std::string(name) + ";range=" + std::to_string(first) + "-*";
}

}  // namespace assent::directory
