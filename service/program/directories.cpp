#include "service/program/directories.h"

#include "service/directory/account_state.h"
#include "service/directory/check.h"
#include "service/directory/connection.h"
#include "service/directory/feed.h"
#include "service/directory/ldap_accounts.h"
#include "service/directory/ldap_levels.h"
#include "service/directory/ldap_passwords.h"
#include "service/directory/ldap_roster.h"

namespace assent {

namespace {

directory::OpenDirectory connecting_to(const DirectoryServer& server) {
  return [server]() -> Result<std::unique_ptr<directory::Directory>> {
    ASSENT_TRY(auto connection, directory::Connection::open(server));
    return std::unique_ptr<directory::Directory>(std::move(connection));
  };
}

}  // namespace

std::map<SchoolName, std::function<std::unique_ptr<LiveSource>()>> live_rosters(
    const Config& config, const Clock& clock) {
  std::map<SchoolName, std::function<std::unique_ptr<LiveSource>()>> out;
  for (const auto& [school, settings] : config.directories) {
    if (!settings.gives_roster) continue;
    out[school] = [settings = settings, &clock] {
      return std::make_unique<directory::LdapRoster>(settings, connecting_to(settings.server),
                                                     clock);
    };
  }
  return out;
}

std::map<SchoolName, RosterKeeper::Kept> kept_directories(const Config& config) {
  std::map<SchoolName, RosterKeeper::Kept> out;
  for (const School& school : config.schools) {
    const auto found = config.directories.find(school.name);
    if (found == config.directories.end()) continue;
    const DirectorySettings& settings = found->second;
    if (!settings.gives_roster && school.levels.empty()) continue;
    out[school.name] = {[settings] { return directory::make_feed(settings); },
                        settings.gives_roster, settings.read_every};
  }
  return out;
}

DirectoryChecks directory_checks(const Config& config) {
  DirectoryChecks out;
  for (const auto& [school, settings] : config.directories)
    out[school] = [settings = settings] { return directory::check(settings); };
  return out;
}

std::map<SchoolKey, GuestAccounts::Place> guest_places(const Config& config,
                                                       const Registry& registry,
                                                       const Clock& clock) {
  std::map<SchoolKey, GuestAccounts::Place> out;
  for (const auto& [name, settings] : config.directories) {
    const School* school = registry.school(name);
    if (!school || !school->guests_in_directory || school->guests.empty()) continue;
    out[school->key] = {
        std::make_unique<directory::LdapAccounts>(settings, connecting_to(settings.server), clock),
        directory::id_attribute(settings.kind)};
  }
  return out;
}

std::map<SchoolKey, PasswordSignIn::Place> password_places(const Config& config,
                                                           const Registry& registry,
                                                           const Clock& clock) {
  std::map<SchoolKey, PasswordSignIn::Place> out;
  for (const auto& [name, settings] : config.directories) {
    const School* school = registry.school(name);
    if (!school || !settings.sign_in) continue;
    out[school->key] = {settings.sign_in->from,
                        std::make_unique<directory::LdapPasswords>(
                            settings, directory::open_as(settings.server), clock)};
  }
  return out;
}

LevelOutputFactory level_outputs(const Config& config) {
  return [directories = config.directories](const School& school) -> std::unique_ptr<LevelOutput> {
    const auto found = directories.find(school.name);
    if (found == directories.end()) return nullptr;
    directory::LdapLevels::Groups groups;
    for (const std::string& level : school.levels.levels)
      groups.emplace(level, school.filter.group(level));
    const DirectorySettings& settings = found->second;
    return std::make_unique<directory::LdapLevels>(settings, std::move(groups),
                                                   connecting_to(settings.server));
  };
}

}  // namespace assent
