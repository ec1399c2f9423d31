// What the columns of a roster file mean.
#include "service/app/csv_roster.h"

#include <algorithm>
#include <optional>

#include "core/base/letters.h"
#include "core/base/text.h"
#include "service/domain/login.h"
#include "service/domain/roles.h"

namespace assent {
namespace {

constexpr std::array<std::string_view, 9> kColumns = {"mis_id", "login", "name",   "role", "year",
                                                      "stage",  "form",  "groups", "kind"};
constexpr std::string_view kOtherId = "id:";  // a column "id:entra" holds another external id
constexpr std::size_t kGroupsMax = 64;
constexpr std::size_t kValueMax = 128;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_ours(std::string_view column) {
  return is_one_of(kColumns, column) ||
         (column.starts_with(kOtherId) && check_name(column.substr(kOtherId.size())));
}

Failure at(std::size_t line, const std::string& what) {
  return fail(Code::Invalid, "line " + std::to_string(line) + ": " + what);
}

// One reading: first the header, then the rows.
class Columns {
 public:
  explicit Columns(const CsvSettings& settings) : settings_(settings) {}

  Status row(std::size_t line, std::vector<std::string>& fields,
             const std::function<Status(RosterPerson)>& each) {
    if (places_.empty()) return header(line, fields);
    if (fields.size() != width_)
      return at(line, "has " + std::to_string(fields.size()) + " fields, the header has " +
                          std::to_string(width_));
    ASSENT_TRY(RosterPerson person, read(line, fields));
    return each(std::move(person));
  }
  bool seen_header() const { return !places_.empty(); }

 private:
  Status header(std::size_t line, std::vector<std::string>& fields) {
    width_ = fields.size();
    for (std::size_t i = 0; i < width_; ++i) {
      const std::string ours = named(std::string(trimmed(fields[i])));
      if (!is_ours(ours)) continue;  // an MIS exports more than we want
      if (!places_.emplace(ours, i).second) return at(line, "column " + ours + " is there twice");
    }
    for (const auto& [ours, theirs] : settings_.columns)
      if (!places_.contains(ours))
        return at(line, "no column \"" + theirs + "\" for " + ours +
                            ": correct the column map or the export");
    for (const char* needed : {"name", "role"})
      if (!places_.contains(needed)) return at(line, missing(needed));
    const auto id = [](const auto& place) {
      return place.first == "mis_id" || place.first.starts_with(kOtherId);
    };
    if (std::ranges::none_of(places_, id)) return at(line, missing("mis_id"));
    return {};
  }

  static std::string missing(const std::string& column) {
    return "the header has no column \"" + column + "\": add it, or map it with columns = { " +
           column + " = \"…\" }";
  }

  std::string named(const std::string& theirs) const {
    for (const auto& [ours, mapped] : settings_.columns)
      if (mapped == theirs) return ours;
    const std::string plain = lower(theirs);
    return settings_.columns.contains(plain) ? "" : plain;
  }

  std::string_view get(const std::vector<std::string>& fields, const std::string& column) const {
    const auto place = places_.find(column);
    return place == places_.end() ? std::string_view{} : trimmed(fields[place->second]);
  }

  Result<RosterPerson> read(std::size_t line, const std::vector<std::string>& fields) const {
    for (const auto& [ours, place] : places_)
      if (const Status safe = check_line(fields[place], CsvLimits{}.field_bytes); !safe)
        return at(line, ours + " " + safe.error().message);
    RosterPerson out;
    out.line = line;
    read_ids(fields, out);
    if (out.ids.empty()) return at(line, "has no id: every person needs one that stays");
    out.name = get(fields, "name");
    out.form = get(fields, "form");
    if (out.name.empty()) return at(line, "name is empty");
    if (const auto login = get(fields, "login"); !login.empty()) {
      auto canonical = canonical_login(login);
      if (!canonical) return at(line, "login: " + canonical.error().message);
      out.login = *std::move(canonical);
    }
    ASSENT_CHECK(read_profile(line, fields, out.profile));
    return out;
  }

  void read_ids(const std::vector<std::string>& fields, RosterPerson& out) const {
    for (const auto& [ours, place] : places_) {
      const bool other = ours.starts_with(kOtherId);
      if (!other && ours != "mis_id") continue;
      const std::string_view value = trimmed(fields[place]);
      if (!value.empty()) out.ids.emplace_back(other ? ours.substr(kOtherId.size()) : ours, value);
    }
  }

  Status read_profile(std::size_t line, const std::vector<std::string>& fields,
                      Profile& out) const {
    ASSENT_TRY(std::string role, role_of(line, get(fields, "role")));
    out.emplace_back("role", std::move(role));
    if (const auto year = get(fields, "year"); !year.empty()) out.emplace_back("year", year);
    if (const auto stage = get(fields, "stage"); !stage.empty())
      out.emplace_back("stage", lower(stage));
    const std::string kind = lower(get(fields, "kind"));
    if (!kind.empty() && !is_one_of(kKinds, kind))
      return at(line, "kind \"" + kind + "\" must be one of " + listed(kKinds) + ", or empty");
    if (!kind.empty() && kind != "personal") out.emplace_back("kind", kind);
    ASSENT_CHECK(read_groups(line, get(fields, "groups"), out));
    for (const auto& [key, value] : out)
      if (value.size() > kValueMax)
        return at(line, key + " is longer than " + std::to_string(kValueMax) + " bytes");
    return {};
  }

  static Status read_groups(std::size_t line, std::string_view text, Profile& out) {
    std::size_t count = 0;
    while (!text.empty()) {
      const std::string_view group = text.substr(0, text.find(';'));
      text.remove_prefix(std::min(group.size() + 1, text.size()));
      if (trimmed(group).empty()) continue;
      if (++count > kGroupsMax)
        return at(line, "has more than " + std::to_string(kGroupsMax) + " groups");
      out.emplace_back("group", trimmed(group));
    }
    return {};
  }

  Result<std::string> role_of(std::size_t line, std::string_view text) const {
    std::string role = lower(text);
    if (const auto mapped = settings_.roles.find(role); mapped != settings_.roles.end())
      role = mapped->second;
    if (is_one_of(kRoles, role)) return role;
    return at(line, "role \"" + role + "\" must be one of " + listed(kRoles) +
                        ", or be mapped to one in [roster.roles]");
  }

  const CsvSettings& settings_;
  std::map<std::string, std::size_t> places_;  // our column to its place
  std::size_t width_ = 0;
};

}  // namespace

Status check_settings(const CsvSettings& settings) {
  for (const auto& [ours, theirs] : settings.columns)
    if (!is_ours(ours) || theirs.empty())
      return fail(Code::Invalid, "column \"" + ours + "\" must be one of " + listed(kColumns) +
                                     " or id:NAME, and name a column of the file");
  for (const auto& [theirs, ours] : settings.roles)
    if (!is_one_of(kRoles, ours))
      return fail(Code::Invalid, "role \"" + ours + "\" must be one of " + listed(kRoles));
  return {};
}

CsvRoster::CsvRoster(CsvSettings settings, std::span<const std::string> pieces, CsvLimits limits)
    : pieces_(pieces), limits_(limits) {
  settings_.columns = std::move(settings.columns);
  for (auto& [theirs, ours] : settings.roles) settings_.roles[lower(theirs)] = ours;
}

Status CsvRoster::read(const std::function<Status(RosterPerson)>& each) {
  ASSENT_CHECK(check_settings(settings_));
  Columns columns(settings_);
  CsvReader reader(limits_, [&](std::size_t line, std::vector<std::string>& fields) {
    return columns.row(line, fields, each);
  });
  for (const std::string& piece : pieces_) ASSENT_CHECK(reader.add(piece));
  ASSENT_CHECK(reader.finish());
  if (!columns.seen_header())
    return fail(Code::Invalid, "line 1: the file is empty: it needs a header and rows");
  return {};
}

}  // namespace assent
