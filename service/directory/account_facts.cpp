#include "service/directory/account_facts.h"

#include <algorithm>

#include "core/base/letters.h"
#include "service/domain/roles.h"

namespace assent::directory {
namespace {

constexpr std::string_view kOu = "ou:", kGroup = "group:", kAttribute = "attr:";

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    out.emplace_back(part);
    path.remove_prefix(std::min(part.size() + 1, path.size()));
  }
  return out;
}

bool is_in_unit(std::string_view unit, const std::vector<std::string>& path) {
  const auto wanted = parts_of(unit);
  return !wanted.empty() && !std::ranges::search(path, wanted, same_letters).empty();
}

bool has_value(std::string_view test, const Entry& entry) {
  const std::size_t equals = test.find('=');
  const auto values = entry.values(test.substr(0, equals));
  if (equals == test.npos) return !values.empty();
  return std::ranges::any_of(values, [&](const std::string& value) {
    return same_letters(value, test.substr(equals + 1));
  });
}

void add_once(std::vector<std::string>& to, std::string_view text) {
  if (std::ranges::find(to, text) == to.end()) to.emplace_back(text);
}

// "9" of "Year 9"; empty when there is no number.
std::string first_number(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto* from = std::ranges::find_if(text, is_digit);
  const auto* to = std::find_if_not(from, text.end(), is_digit);
  return {from, to};
}

}  // namespace

bool is_said_of(const std::string& who, const Account& account) {
  const std::string_view text = who;
  if (text == "*") return true;
  if (text.starts_with(kOu)) return is_in_unit(text.substr(kOu.size()), account.ous);
  if (text.starts_with(kGroup))
    return std::ranges::any_of(account.groups, [&](const std::string& group) {
      return same_letters(group, text.substr(kGroup.size()));
    });
  return text.starts_with(kAttribute) && has_value(text.substr(kAttribute.size()), account.entry);
}

AccountRules::AccountRules(const DirectorySettings& settings)
    : settings_(settings), units_(!settings.ous.empty()), groups_(settings.groups) {
  for (const auto& [theirs, ours] : settings.roles) roles_[lower(theirs)] = ours;
  for (const DirectoryRule& rule : settings.rules) {
    for (const std::string_view who : rule.who) {
      units_ = units_ || who.starts_with(kOu);
      if (who.starts_with(kGroup)) add_once(groups_, who.substr(kGroup.size()));
      if (who.starts_with(kAttribute))
        add_once(attributes_,
                 who.substr(kAttribute.size(),
                            who.find('=') - std::min(who.find('='), kAttribute.size())));
    }
    for (const std::string_view value : {rule.role, rule.year, rule.stage, rule.kind})
      if (value.starts_with(kAttribute)) add_once(attributes_, value.substr(kAttribute.size()));
  }
}

std::string AccountRules::value_of(std::string DirectoryRule::*fact, const Account& account) const {
  for (const DirectoryRule& rule : settings_.rules) {
    const std::string_view value = rule.*fact;
    const auto said = [&](const std::string& who) { return is_said_of(who, account); };
    if (value.empty() || std::ranges::none_of(rule.who, said)) continue;
    if (!value.starts_with(kAttribute)) return std::string(value);
    return account.entry.first(value.substr(kAttribute.size()));
  }
  return "";
}

Result<Profile> AccountRules::profile(const Account& account) const {
  Profile out;
  std::string role = lower(value_of(&DirectoryRule::role, account));
  if (const auto ours = roles_.find(role); ours != roles_.end()) role = ours->second;
  if (!role.empty() && !is_one_of(kRoles, role))
    return fail(Code::Invalid, "role \"" + role + "\" must be one of " + listed(kRoles) +
                                   ", or be mapped to one in [roster.roles]");
  const std::string kind = lower(value_of(&DirectoryRule::kind, account));
  if (!kind.empty() && !is_one_of(kKinds, kind))
    return fail(Code::Invalid, "kind \"" + kind + "\" must be one of " + listed(kKinds));
  const auto add = [&](const char* key, std::string value) {
    if (!value.empty()) out.emplace_back(key, std::move(value));
  };
  add("role", role);
  add("year", first_number(value_of(&DirectoryRule::year, account)));
  add("stage", lower(value_of(&DirectoryRule::stage, account)));
  add("kind", kind == "personal" ? "" : kind);
  for (const std::string& group : settings_.groups)
    if (is_said_of(std::string(kGroup) + group, account)) add("group", group);
  for (const std::string& unit : settings_.ous)
    if (is_said_of(std::string(kOu) + unit, account)) add("ou", unit);
  return out;
}

}  // namespace assent::directory
