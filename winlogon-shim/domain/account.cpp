#include "winlogon-shim/domain/account.h"

#include <algorithm>

namespace assent::windows {
namespace {

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool names(std::string_view entry, const Account& account) {
  const std::size_t slash = entry.find('\\');
  if (slash == entry.npos) return same_name(entry, account.login);
  const std::string_view domain = entry.substr(0, slash);
  const bool same_domain =
      domain == "." ? account.machine_local : same_name(domain, account.domain);
  return same_domain && same_name(entry.substr(slash + 1), account.login);
}

bool is_windows_own(const Account& account) {
  constexpr std::string_view kOwn[] = {"S-1-5-18", "S-1-5-19", "S-1-5-20"};
  return std::ranges::find(kOwn, account.sid) != std::end(kOwn);
}

bool is_excluded(const Account& account, const Settings& settings) {
  const auto is_theirs = [&](const auto& entry) { return names(entry, account); };
  const auto has_group = [&](const auto& sid) {
    return std::ranges::any_of(account.groups,
                               [&](const auto& own) { return same_name(own, sid); });
  };
  return std::ranges::any_of(settings.excluded_accounts, is_theirs) ||
         std::ranges::any_of(settings.excluded_groups, has_group);
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

Standing standing_of(const Account& account, const Settings& settings) {
  if (settings.disabled || is_windows_own(account) || is_excluded(account, settings))
    return Standing::Spared;
  if (!account.machine_local) return Standing::Person;
  switch (settings.local_accounts) {
    case LocalAccounts::Allow: return Standing::Local;
    case LocalAccounts::Ask: return Standing::Person;
    case LocalAccounts::Deny: break;
  }
  return Standing::KeptOut;
}

}  // namespace assent::windows
