#include "service/config/role_section.h"

#include "service/config/reading.h"
#include "service/domain/guest_kind.h"
#include "service/domain/roles.h"

namespace assent {
namespace {

constexpr std::size_t kTextMax = 255, kWhoMax = 50, kRolesMax = 50;
constexpr std::string_view kGranted = "granted";  // by two people, to each one who has it

// "group:Office", "role:staff", "login:jkhan"; never "*": a role of everybody's is none.
bool is_matcher(std::string_view who) {
  const auto colon = who.find(':');
  if (colon == who.npos || colon + 1 == who.size()) return false;
  const std::string_view key = who.substr(0, colon);
  return key == "login" || is_one_of(kFacts, key);
}

}  // namespace

Result<std::vector<RoleRule>> read_roles(const Value* table) {
  std::vector<RoleRule> out;
  if (!table) return out;
  if (!table->object() || table->object()->size() > kRolesMax)
    return fail(Code::Invalid, "roles must be a table, such as reception = \"group:Office\"");
  Fields fields(*table, "roles");
  for (const auto& [name, value] : *table->object()) {
    if (!check_name(name) || name == kSelf)
      fields.reject(name, "must be a role's name of a-z, 0-9 and -, and not \"self\"");
    RoleRule rule{name, one_or_more(fields, *table, name, kTextMax, kWhoMax)};
    if (rule.who.empty()) fields.reject(name, "names nobody");
    if (rule.who == std::vector{std::string(kGranted)}) rule.who.clear();
    for (const std::string& who : rule.who)
      if (!is_matcher(who))
        fields.reject(name,
                      "\"" + who +
                          "\" must be \"granted\" alone, or KEY:VALUE, KEY \"login\" or one of " +
                          listed(kFacts));
    out.push_back(std::move(rule));
  }
  return fields.finish(std::move(out));
}

}  // namespace assent
