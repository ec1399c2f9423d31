#pragma once
// People from a directory, as a RosterSource: accounts below the base that are neither disabled nor
// expired, with their groups resolved. Each reading is a connection of its own.

#include <atomic>
#include <memory>

#include "service/app/live_source.h"
#include "service/directory/account_facts.h"
#include "service/directory/membership.h"

namespace assent::directory {

using OpenDirectory = std::function<Result<std::unique_ptr<Directory>>()>;

class LdapRoster final : public LiveSource {
 public:
  // `clock` must outlive it: it says which accounts have expired.
  LdapRoster(DirectorySettings settings, OpenDirectory open, const Clock& clock);
  std::string name() const override { return "ldap"; }
  // Without visitors' accounts. One thread at a time. Unavailable also when somebody in a group was
  // renamed meanwhile. A line is the account's place in what the directory gave, from 1; errors
  // about an account name its DN.
  Status read(const std::function<Status(RosterPerson)>& each) override;
  void stop() override { stopped_ = true; }

 private:
  std::vector<std::string> attributes() const;
  Result<bool> is_guest(const Entry& entry) const;
  Result<RosterPerson> person(const Entry& entry, const std::vector<std::size_t>& groups) const;
  Result<std::vector<std::size_t>> groups_of(const Entry& entry, Membership& members) const;
  Status add_ids(const Entry& entry, RosterPerson& out) const;
  Status add_names(const Entry& entry, RosterPerson& out) const;

  const DirectorySettings settings_;
  const AccountRules rules_;
  const OpenDirectory open_;
  const Clock& clock_;
  std::atomic<bool> stopped_{false};
};

}  // namespace assent::directory
