#include "winlogon-shim/domain/account.h"

#include <algorithm>

#include "core/base/letters.h"

namespace assent::windows {
namespace {

bool names(std::string_view entry, const Account& account) {
  if (account.login.empty()) return false;
  const std::size_t slash = entry.find('\\');
  if (slash == entry.npos) return same_letters(entry, account.login);
  const std::string_view domain = entry.substr(0, slash);
  const bool same_domain =
      domain == "." ? account.machine_local : same_letters(domain, account.domain);
  return same_domain && same_letters(entry.substr(slash + 1), account.login);
}

bool is_of_schools_domain(const Account& account, const Settings& settings) {
  const auto is_theirs = [&](const auto& domain) { return same_letters(domain, account.domain); };
  return settings.domains.empty() || std::ranges::any_of(settings.domains, is_theirs);
}

bool is_windows_own(const Account& account) {
  constexpr std::string_view kOwn[] = {"S-1-5-18", "S-1-5-19", "S-1-5-20"};
  return std::ranges::find(kOwn, account.sid) != std::end(kOwn);
}

bool is_excluded(const Account& account, const Settings& settings) {
  const auto is_theirs = [&](const auto& entry) { return names(entry, account); };
  const auto has_group = [&](const auto& sid) {
    return std::ranges::any_of(account.groups,
                               [&](const auto& own) { return same_letters(own, sid); });
  };
  return std::ranges::any_of(settings.excluded_accounts, is_theirs) ||
         std::ranges::any_of(settings.excluded_groups, has_group);
}

}  // namespace

Standing standing_of(const Account& account, const Settings& settings) {
  if (settings.disabled || is_windows_own(account) || is_excluded(account, settings))
    return Standing::Spared;
  const bool is_of_school = !account.machine_local && is_of_schools_domain(account, settings);
  if (is_of_school) return Standing::Person;
  switch (settings.local_accounts) {
    case LocalAccounts::Allow: return Standing::Local;
    // An answer from another domain would be taken for that of the school's person of that name.
    case LocalAccounts::Ask: return account.machine_local ? Standing::Person : Standing::KeptOut;
    case LocalAccounts::Deny: break;
  }
  return Standing::KeptOut;
}

}  // namespace assent::windows
