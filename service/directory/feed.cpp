#include "service/directory/feed.h"

#include "service/directory/connection.h"
#include "service/directory/sync_feed.h"
#include "service/directory/usn_feed.h"

namespace assent::directory {

std::unique_ptr<ChangeFeed> make_feed(const DirectorySettings& settings) {
  if (settings.kind == DirectoryKind::OpenLdap) return std::make_unique<SyncFeed>(settings);
  return std::make_unique<UsnFeed>(
      [server = settings.server]() -> Result<std::unique_ptr<Directory>> {
        ASSENT_TRY(auto connection, Connection::open(server));
        return std::unique_ptr<Directory>(std::move(connection));
      });
}

}  // namespace assent::directory
