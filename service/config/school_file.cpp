// schools/NAME.toml: what one school says of itself, its audiences, policies and roster. Levels are
// level_section.cpp.
#include <algorithm>

#include "service/config/config.h"
#include "service/config/directory_section.h"
#include "service/config/gateway_section.h"
#include "service/config/guest_section.h"
#include "service/config/level_section.h"
#include "service/config/policy_section.h"
#include "service/config/radius_section.h"
#include "service/config/reading.h"
#include "service/config/role_section.h"
#include "service/domain/roles.h"

namespace assent {
namespace {

constexpr std::size_t kTextMax = 255;
constexpr std::size_t kNameMax = 64;
constexpr std::size_t kRulesMax = 200;
constexpr std::size_t kListMax = 50;
constexpr std::size_t kMapMax = 100;
constexpr std::size_t kWifiMax = 32;  // bytes in an SSID (IEEE 802.11)

const Value kNothing{Object{}};

// { theirs = "ours" } as pairs of text.
std::map<std::string, std::string> pairs(Fields& fields, std::string_view key) {
  std::map<std::string, std::string> out;
  const Value* value = fields.any(key);
  if (!value) return out;
  if (!value->object() || value->object()->size() > kMapMax) {
    fields.reject(key, "must be a table of at most 100 texts");
    return out;
  }
  for (const auto& [name, text] : *value->object()) {
    if (!text.text() || text.text()->size() > kTextMax)
      fields.reject(key, "must hold only text: see \"" + name + "\"");
    else
      out[name] = *text.text();
  }
  return out;
}

void check_who(Fields& fields, const std::string& who) {
  const auto colon = who.find(':');
  const std::string key = who.substr(0, colon);
  if (who == "*") return;
  if (colon == std::string::npos || colon + 1 == who.size() || !is_one_of(kFacts, key))
    fields.reject("who",
                  "\"" + who + "\" must be \"*\" or KEY:VALUE, KEY one of " + listed(kFacts));
  if (key == "role" && colon != std::string::npos && !is_one_of(kRoles, who.substr(colon + 1)))
    fields.reject("who", "\"" + who + "\" must name a role: " + listed(kRoles));
}

AudienceRule rule_of(Fields& fields, const Value& item) {
  AudienceRule rule;
  rule.who = one_or_more(fields, item, "who", kTextMax, kListMax);
  if (rule.who.empty()) fields.reject("who", "is missing: whom is this rule for?");
  for (const std::string& who : rule.who) check_who(fields, who);
  for (std::string& policy : one_or_more(fields, item, "owes", kTextMax, kListMax)) {
    if (!check_name(policy)) fields.reject("owes", "\"" + policy + "\" is not a policy's name");
    rule.owes.push_back({std::move(policy)});
  }
  rule.exempt = fields.boolean_or("exempt", false);
  rule.shared = fields.boolean_or("shared", false);
  rule.name = shown(fields, "name", "");
  if (rule.exempt && (rule.shared || !rule.owes.empty()))
    fields.reject("exempt", "goes with neither owes nor shared: exempt accounts are never asked");
  if (!rule.exempt && !rule.shared && rule.owes.empty())
    fields.reject("owes", "is missing: name policies, or say exempt = true or shared = true");
  return rule;
}

Result<std::vector<AudienceRule>> rules_of(Fields& fields, const std::string& key, bool add_on) {
  std::vector<AudienceRule> out;
  for (const Value& item : fields.array(key, kRulesMax)) {
    const std::string path = key + "[" + std::to_string(out.size() + 1) + "]";
    Fields rule(item, path);
    const bool unreachable =
        !add_on && !out.empty() && std::ranges::find(out.back().who, "*") != out.back().who.end();
    if (unreachable) rule.reject("who", "is never reached: the rule before it is for everybody");
    out.push_back(rule_of(rule, item));
    if (add_on && (out.back().exempt || out.back().shared))
      rule.reject("exempt", "and shared belong to audience: an add-on only adds policies");
    ASSENT_CHECK(rule.finish());
  }
  return out;
}

void read_stages(Fields& fields, School& school) {
  school.style_of_stage = {{"ks1", Style::Ks1}, {"ks2", Style::Ks2}};
  for (const auto& [stage, style] : pairs(fields, "stage"))
    school.style_of_stage[stage] = fields.accept("stage." + stage, parse_style(style));
}

// "5%": a percentage is told from a number of people.
void read_percent(Fields& fields, std::string_view key, unsigned& out) {
  const auto text = fields.optional_text(key, 4);
  if (!text) return;
  unsigned percent = 0;
  bool good = text->size() > 1 && text->ends_with('%');
  for (const char c : text->substr(0, text->size() - 1)) {
    good = good && c >= '0' && c <= '9';
    if (good) percent = percent * 10 + unsigned(c - '0');
  }
  if (!good || percent > 100) return fields.reject(key, "must be \"0%\" to \"100%\"");
  out = percent;
}

// "1h" or "15m"; "never": people are read by hand alone.
void read_every(Fields& fields, std::optional<minutes>& out) {
  constexpr minutes kLeast{5}, kMost{24 * 60};
  const auto text = fields.optional_text("every", kNameMax);
  if (!text) return;
  const auto delay = parse_filter_delay(*text);
  const bool within = delay && delay->kind == FilterDelay::Kind::Within &&
                      delay->within >= kLeast && delay->within <= kMost;
  if (*text != "never" && !within)
    return fields.reject("every", "must be a time of \"5m\" to \"24h\", or \"never\"");
  out = within ? std::optional(delay->within) : std::nullopt;
}

Status read_roster(const Value* value, SchoolConfig& out) {
  Fields fields(value ? *value : kNothing, "roster");
  const std::string source = fields.optional_text("source", kNameMax).value_or("csv");
  if (source != "csv" && source != "ldap") fields.reject("source", "must be \"csv\" or \"ldap\"");
  if (source == "ldap" && !out.directory)
    fields.reject("source", "is \"ldap\": a table [directory] must say where that is");
  out.roster.columns = pairs(fields, "columns");
  out.roster.roles = pairs(fields, "roles");
  if (const Status good = check_settings(out.roster); !good)
    fields.reject("columns", "and roles: " + good.error().message);
  read_percent(fields, "stop_if_leavers_over", out.school.stop_if_leavers_over_percent);
  read_percent(fields, "hold_moves_over", out.school.hold_moves_over_percent);
  read_percent(fields, "two_people_over", out.school.two_people_over_percent);
  if (out.directory) {
    out.directory->gives_roster = source == "ldap";
    read_every(fields, out.directory->read_every);
    out.directory->roles = out.roster.roles;
  }
  return fields.finish();
}

void read_self(Fields& fields, School& school, const std::string& zone) {
  school.title = shown(fields, "title", "");
  if (school.title.empty()) fields.reject("title", "is missing: the school's name, for screens");
  school.help = shown(fields, "help", "");
  school.language = shown(fields, "language", school.language);
  school.zone = fields.optional_text("timezone", kTextMax).value_or(zone);
  check_zone(fields, "timezone", school.zone);
  const std::string unknown = fields.optional_text("unknown", kNameMax).value_or("refuse");
  if (unknown != "refuse" && unknown != "allow")
    fields.reject("unknown", "must be \"refuse\" or \"allow\"");
  school.unknown_let_in = unknown == "allow";
}

Status read_wifi(const Value* table, School& school) {
  if (!table) return {};
  Fields fields(*table, "wifi");
  school.wifi = shown(fields, "name", "");
  if (school.wifi.empty()) fields.reject("name", "is missing: the network that guests join");
  if (school.wifi.size() > kWifiMax) fields.reject("name", "is longer than 32 bytes");
  return fields.finish();
}

Result<SchoolConfig> read_school(const Value& value, const SchoolName& name,
                                 const std::string& zone) {
  Fields fields(value);
  SchoolConfig out;
  out.school.name = name;
  read_self(fields, out.school, zone);
  ASSENT_TRY(out.school.audience, rules_of(fields, "audience", false));
  ASSENT_TRY(out.school.add_on, rules_of(fields, "add_on", true));
  if (out.school.audience.empty())
    fields.reject("audience", "is missing: nobody would be known; say who owes what");
  read_stages(fields, out.school);
  ASSENT_TRY(out.school.policies, read_policies(fields.any("policy")));
  ASSENT_CHECK(read_levels(fields, out.school));
  ASSENT_TRY(out.school.roles, read_roles(fields.any("roles")));
  ASSENT_TRY(out.school.guests, read_guests(fields.any("guest"), out.school));
  ASSENT_TRY(out.nases, read_nases(fields));
  ASSENT_TRY(out.gateways, read_gateways(fields));
  ASSENT_CHECK(read_wifi(fields.any("wifi"), out.school));
  ASSENT_TRY(out.directory, read_directory(fields.any("directory"), out.school));
  out.school.guests_in_directory = out.directory && out.directory->accounts;
  ASSENT_CHECK(read_roster(fields.any("roster"), out));
  return fields.finish(std::move(out));
}

}  // namespace

Result<SchoolConfig> parse_school(std::string_view text, const std::string& file,
                                  const SchoolName& name, const std::string& zone) {
  ASSENT_TRY(const Value value, parse_config(text, file));
  auto school = read_school(value, name, zone);
  if (!school) return fail(in_file(file, std::move(school).error()));
  return school;
}

}  // namespace assent
