#pragma once
// Changes in an OpenLDAP directory, told by the server itself as they happen (RFC 4533). It needs
// the overlay syncprov.

#include <memory>
#include <vector>

#include "service/app/change_feed.h"
#include "service/app/directory_settings.h"

namespace assent::directory {

class Connection;
class SyncSearch;

class SyncFeed final : public ChangeFeed {
 public:
  explicit SyncFeed(DirectorySettings settings);
  ~SyncFeed() override;
  Result<bool> changed() override;

 private:
  Status begin();
  Result<bool> look();

  const DirectorySettings settings_;
  std::unique_ptr<Connection> connection_;             // none: not begun, or it broke
  std::vector<std::unique_ptr<SyncSearch>> searches_;  // over it; below `base` and `group_base`
};

}  // namespace assent::directory
