#include "service/config/guest_section.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/base/number.h"
#include "service/config/reading.h"

namespace assent {
namespace {

constexpr std::size_t kTextMax = 64;
constexpr std::size_t kKindsMax = 32;
constexpr std::size_t kRolesMax = 20;
constexpr std::size_t kPoolMax = 200;
constexpr std::int64_t kTimesMax = 20, kDevicesMax = 20, kPerHostMax = 1000;
constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

void read_span(Fields& fields, std::string_view key, minutes& out) {
  if (const auto text = fields.optional_text(key, kTextMax))
    out = fields.accept(key, parse_span(*text));
}

std::vector<std::string> roles(Fields& fields, const Value& item, std::string_view key) {
  auto out = one_or_more(fields, item, key, kTextMax, kRolesMax);
  for (const std::string& role : out)
    if (!check_name(role))
      fields.reject(key, "\"" + role + "\" must be a role's name of a-z, 0-9 and -");
  return out;
}

std::uint8_t read_days(Fields& fields, const Value& item) {
  unsigned out = 0;
  for (const std::string& name : one_or_more(fields, item, "days", kTextMax, kDays.size())) {
    const auto found = std::ranges::find(kDays, name);
    if (found == kDays.end())
      fields.reject("days", "\"" + name + "\" must be one of mon, tue, wed, thu, fri, sat, sun");
    else
      out |= 1u << (found - kDays.begin());
  }
  return item.find("days") ? std::uint8_t(out) : DailyHours{}.days;
}

Result<std::optional<DailyHours>> read_hours(const Value* value, const std::string& path) {
  if (!value) return std::optional<DailyHours>();
  Fields fields(*value, path + ".hours");
  DailyHours out;
  out.from = fields.accept("from", parse_minute_of_day(fields.text("from", kTextMax)));
  out.until = fields.accept("until", parse_minute_of_day(fields.text("until", kTextMax)));
  out.days = read_days(fields, *value);
  return fields.finish(std::optional(out));
}

Status read_extend(const Value* value, const std::string& path, GuestKind& kind) {
  if (!value) return {};
  Fields fields(*value, path + ".extend");
  kind.extensions = unsigned(fields.integer("times", 1, kTimesMax));
  kind.longest_extension = fields.accept("in_all", parse_span(fields.text("in_all", kTextMax)));
  return fields.finish();
}

void read_pool(Fields& fields, const Value& item, GuestKind& kind) {
  for (const std::string& text : one_or_more(fields, item, "pool", kTextMax, kPoolMax))
    for (std::string& login : fields.accept("pool", parse_pool(text)))
      kind.pool.push_back(std::move(login));
  if (kind.pool.size() > kPoolMax) fields.reject("pool", "has more than 200 accounts");
  if (item.find("pool") && kind.pool.empty()) fields.reject("pool", "has no account");
}

Result<GuestKind> read_kind(const std::string& name, const Value& value, const School& school) {
  const std::string path = "guest." + name;
  Fields fields(value, path);
  GuestKind kind;
  kind.name = name;
  kind.audience = fields.text("audience", kTextMax);
  kind.stage = fields.optional_text("stage", kTextMax).value_or("");
  if (const auto audience = audience_of(kind, school); !audience)
    fields.reject("audience", audience.error().message);
  if (const auto text = fields.optional_text("counts_from", kTextMax))
    kind.counts_from = fields.accept("counts_from", parse_guest_start(*text));
  read_span(fields, "longest_stay", kind.longest_stay);
  read_span(fields, "use_within", kind.use_within);
  read_span(fields, "retention", kind.retention);
  kind.devices = unsigned(fields.integer_or("devices", kind.devices, 1, kDevicesMax));
  kind.live_per_host =
      unsigned(fields.integer_or("live_per_host", kind.live_per_host, 1, kPerHostMax));
  kind.issue = roles(fields, value, "issue");
  kind.request = roles(fields, value, "request");
  kind.sponsor = roles(fields, value, "sponsor");
  read_pool(fields, value, kind);
  kind.own_words = fields.boolean_or("own_words", false);
  ASSENT_TRY(kind.hours, read_hours(fields.any("hours"), path));
  ASSENT_CHECK(read_extend(fields.any("extend"), path, kind));
  ASSENT_CHECK(fields.finish());
  if (const Status good = check_guest_kind(kind); !good)
    return fail(good.error().code, path + "." + good.error().message);
  return kind;
}

// An account that two kinds lend could be two people's at once.
Status check_pools(const std::vector<GuestKind>& kinds) {
  std::map<std::string_view, std::string_view> owner;
  for (const GuestKind& kind : kinds)
    for (const std::string& login : kind.pool)
      if (const auto [at, fresh] = owner.emplace(login, kind.name); !fresh)
        return fail(Code::Invalid, "guest." + kind.name + ".pool \"" + login +
                                       "\" is in the pool of guest." + std::string(at->second) +
                                       " already");
  return {};
}

}  // namespace

Result<std::vector<GuestKind>> read_guests(const Value* tables, const School& school) {
  std::vector<GuestKind> out;
  if (!tables) return out;
  if (!tables->object() || tables->object()->size() > kKindsMax)
    return fail(Code::Invalid, "guest must be tables, at most 32: write [guest.visitor]");
  for (const auto& [name, value] : *tables->object()) {
    if (!check_name(name))
      return fail(Code::Invalid, "guest." + name + " must be called by a-z, 0-9 and -");
    ASSENT_TRY(GuestKind kind, read_kind(name, value, school));
    out.push_back(std::move(kind));
  }
  ASSENT_CHECK(check_pools(out));
  ASSENT_CHECK(check_guest_levels(school, out));
  return out;
}

Result<std::vector<std::string>> parse_pool(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == text.npos) return std::vector{std::string(text)};
  const std::string_view first = text.substr(0, dots), last = text.substr(dots + 2);
  const std::size_t digits = first.find_last_not_of("0123456789") + 1;
  const auto number = [&](std::string_view login) {
    return whole_number<unsigned>(login.substr(std::min(digits, login.size())));
  };
  const auto from = number(first), to = number(last);
  if (first.size() != last.size() || first.substr(0, digits) != last.substr(0, digits) || !from ||
      !to || *from > *to || *to - *from >= kPoolMax)
    return fail(Code::Invalid, "\"" + std::string(text) +
                                   "\" must be such as \"supply01..supply10\", at most 200");
  std::vector<std::string> out;
  for (unsigned i = *from; i <= *to; ++i) {
    const std::string count = std::to_string(i);
    std::string login(first);
    out.push_back(login.replace(login.size() - count.size(), count.size(), count));
  }
  return out;
}

}  // namespace assent
