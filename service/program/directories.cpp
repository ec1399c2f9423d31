#include "service/program/directories.h"

#include "service/directory/check.h"
#include "service/directory/connection.h"
#include "service/directory/ldap_roster.h"

namespace assent {

std::map<SchoolName, std::function<std::unique_ptr<RosterSource>()>> live_rosters(
    const Config& config, const Clock& clock) {
  std::map<SchoolName, std::function<std::unique_ptr<RosterSource>()>> out;
  for (const auto& [school, settings] : config.directories) {
    if (!settings.gives_roster) continue;
    out[school] = [settings = settings, &clock] {
      const auto open = [server =
                             settings.server]() -> Result<std::unique_ptr<directory::Directory>> {
        ASSENT_TRY(auto connection, directory::Connection::open(server));
        return std::unique_ptr<directory::Directory>(std::move(connection));
      };
      return std::make_unique<directory::LdapRoster>(settings, open, clock);
    };
  }
  return out;
}

DirectoryChecks directory_checks(const Config& config) {
  DirectoryChecks out;
  for (const auto& [school, settings] : config.directories)
    out[school] = [settings = settings] { return directory::check(settings); };
  return out;
}

}  // namespace assent
