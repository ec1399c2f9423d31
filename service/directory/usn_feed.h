#pragma once
// Changes in an Active Directory, by the numbers that a domain controller gives to its writes. An
// account that was deleted is not seen: what is deleted shows itself to administrators alone.

#include "service/app/change_feed.h"
#include "service/directory/ldap_roster.h"

namespace assent::directory {

class UsnFeed final : public ChangeFeed {
 public:
  explicit UsnFeed(OpenDirectory open) : open_(std::move(open)) {}
  Result<bool> changed() override;

 private:
  struct Position {  // the numbers are one controller's own, and start again when it is restored
    std::string controller;
    std::uint64_t highest = 0;
    std::string domain;
  };
  static Result<Position> read_position(Directory& directory);
  static Result<bool> holds_changes(Directory& directory, const Position& since);
  Result<bool> look();

  const OpenDirectory open_;
  std::unique_ptr<Directory> directory_;  // kept between calls; none after an error
  std::optional<Position> seen_;          // none: not known
};

}  // namespace assent::directory
