#include "service/config/level_section.h"

#include <algorithm>
#include <set>

#include "core/base/id.h"
#include "core/base/text.h"
#include "service/config/reading.h"

namespace assent {
namespace {

constexpr std::size_t kTextMax = 64;
constexpr std::size_t kAllowsMax = 200;  // two lines of a terminal
constexpr std::size_t kLevelsMax = 64;
constexpr std::size_t kRulesMax = 200;
constexpr std::size_t kListMax = 50;
constexpr std::int64_t kNumberMax = 99;  // e2guardian has no more filter groups

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

std::string named(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + quoted(name);
  return out;
}

Status read_list(Fields& fields, LevelTable& table) {
  for (std::string& level : fields.texts("levels", kTextMax, kLevelsMax)) {
    if (!check_name(level))
      return fail(Code::Invalid, "levels " + quoted(level) + " must be a short name of a-z, 0-9 " +
                                     "and -, beginning with a letter");
    if (table.has(level)) return fail(Code::Invalid, "levels names " + quoted(level) + " twice");
    table.levels.push_back(std::move(level));
  }
  return {};
}

void check_level(Fields& fields, std::string_view key, const std::string& level,
                 const LevelTable& table) {
  if (!table.has(level))
    fields.reject(key, quoted(level) + " is not one of levels: add it there, or name one of " +
                           named(table.levels));
}

void check_audience(Fields& fields, const std::string& name, const School& school) {
  std::vector<std::string> names;
  for (const AudienceRule& rule : school.audience)
    if (std::ranges::find(names, audience_name(rule)) == names.end())
      names.push_back(audience_name(rule));
  if (std::ranges::find(names, name) == names.end())
    fields.reject("audience",
                  quoted(name) + " is no audience of this school, which has " + named(names));
}

LevelRule rule_of(Fields& fields, const Value& item, const School& school) {
  LevelRule rule;
  rule.audience = one_or_more(fields, item, "audience", kTextMax, kListMax);
  for (const std::string& name : rule.audience) check_audience(fields, name, school);
  rule.stage = one_or_more(fields, item, "stage", kTextMax, kListMax);
  if (const auto text = fields.optional_text("state", kTextMax))
    rule.state = fields.accept("state", parse_acceptance_state(*text));
  if (const auto text = fields.optional_text("restriction", kTextMax))
    rule.restriction = fields.accept("restriction", parse_restriction(*text));
  if (item.find("guest")) rule.guest = fields.boolean_or("guest", false);
  rule.level = fields.text("level", kTextMax);
  check_level(fields, "level", rule.level, school.levels);
  return rule;
}

bool is_for_everybody(const LevelRule& rule) {
  return rule.audience.empty() && rule.stage.empty() && !rule.state && !rule.restriction &&
         !rule.guest;
}

Status read_rules(Fields& fields, School& school) {
  bool everybody = false;
  for (const Value& item : fields.array("level", kRulesMax)) {
    Fields one(item, "level[" + std::to_string(school.levels.rules.size() + 1) + "]");
    LevelRule rule = rule_of(one, item, school);
    // Rules on restrictions and guests are looked at first, wherever they stand.
    if (everybody && !is_on_restriction(rule) && !is_on_guest(rule))
      one.reject("level", "is never reached: a rule before it is for everybody");
    ASSENT_CHECK(one.finish());
    everybody = everybody || is_for_everybody(rule);
    school.levels.rules.push_back(std::move(rule));
  }
  return {};
}

// Also where it is left out: the level that then follows must be there too.
void check_outcomes(Fields& fields, const School& school) {
  for (const auto& [policy, settings] : school.policies) {
    const std::pair<std::string, const Outcome*> outcomes[] = {
        {".on_decline", &settings.on_decline}, {".on_help", &settings.on_help}};
    for (const auto& [key, outcome] : outcomes)
      if (!school.levels.has(outcome->level))
        fields.reject("policy." + policy.value + key, "leads to level:" + outcome->level +
                                                          ", which is not one of levels: add it " +
                                                          "there, or write another");
  }
}

bool is_group_text(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == ' ';
}

void read_numbers(Fields& fields, School& school) {
  const Value* value = fields.any("numbers");
  if (!value) return;
  auto& numbers = school.filter.numbers;
  std::set<std::int64_t> seen;
  if (!value->object()) return fields.reject("numbers", "must be a table: { ks3 = 2, staff = 3 }");
  for (const auto& [level, number] : *value->object()) {
    check_level(fields, "numbers", level, school.levels);
    const std::int64_t given = number.integer() ? *number.integer() : 0;
    if (given < 1 || given > kNumberMax || !seen.insert(given).second)
      fields.reject("numbers",
                    "must give each level a number of its own, 1 to 99: see " + quoted(level));
    numbers[level] = unsigned(given);
  }
  if (numbers.size() != school.levels.levels.size())
    fields.reject("numbers", "must name every one of levels, or be left out");
}

void read_allows(Fields& fields, School& school) {
  const Value* value = fields.any("allows");
  if (!value) return;
  if (!value->object())
    return fields.reject("allows", "must be a table: { ks3 = \"no social sites\" }");
  for (const auto& [level, said] : *value->object()) {
    check_level(fields, "allows", level, school.levels);
    const std::string text = said.text() ? *said.text() : "";
    if (text.empty() || !check_line(text, kAllowsMax))
      fields.reject("allows", "must give each level one line of words, at most 200 bytes: see " +
                                  quoted(level));
    school.filter.allows[level] = text;
  }
}

Status read_filter(const Value* table, School& school) {
  if (!table) return {};
  Fields fields(*table, "filter");
  FilterSettings& filter = school.filter;
  filter.name = shown(fields, "name", "");
  filter.group_prefix = fields.optional_text("group_prefix", kTextMax).value_or("");
  if (!std::ranges::all_of(filter.group_prefix, is_group_text))
    fields.reject("group_prefix", "must be of letters, digits, space, -, _ and .");
  if (const auto text = fields.optional_text("sees_groups_within", kTextMax))
    filter.sees_groups_within = fields.accept("sees_groups_within", parse_filter_delay(*text));
  read_numbers(fields, school);
  read_allows(fields, school);
  return fields.finish();
}

}  // namespace

Status read_levels(Fields& fields, School& school) {
  ASSENT_CHECK(read_list(fields, school.levels));
  if (!school.levels.empty()) {
    if (!fields.any("level"))
      fields.reject("level", "is missing: everybody would be at " +
                                 quoted(school.levels.levels.front()) +
                                 "; say who gets which level");
    ASSENT_CHECK(read_rules(fields, school));
    check_outcomes(fields, school);
  } else if (fields.any("level") || fields.any("levels")) {
    fields.reject("levels", "is missing: list every level, the most restrictive first");
  }
  return read_filter(fields.any("filter"), school);
}

}  // namespace assent
