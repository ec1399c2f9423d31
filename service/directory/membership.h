#pragma once
// Who is in which of the groups that rules name, groups within groups included. Active Directory
// follows them itself; elsewhere the groups are read and followed here. The primary group of an
// Active Directory account is in no group's member list, and so not seen.

#include <unordered_map>

#include "service/app/directory_settings.h"
#include "service/directory/directory.h"

namespace assent::directory {

class Membership {
 public:
  // Whole, or an error. NotFound for a group that is not there, or hidden from this account: its
  // members would look like people outside it. Conflict when two groups have the name.
  static Result<Membership> read(Directory& directory, const DirectorySettings& settings,
                                 const std::vector<std::string>& groups);

  // The groups of one account, by the places of their names in what read() was given. Each account
  // is met once.
  std::vector<std::size_t> meet(const std::string& normal_dn, const std::string& login);
  // When all people were met: Unavailable if the groups, read anew, have lost the name of somebody
  // below `settings.base` whom nobody met. Whoever is renamed between the reading of groups and of
  // people comes without groups. A name that stays is one of nobody, and changes nothing.
  Status check_nobody_moved(Directory& directory, const DirectorySettings& settings,
                            const std::vector<std::string>& groups) const;

 private:
  Status follow_in_chain(Directory& directory, const DirectorySettings& settings,
                         const std::string& group, std::size_t place);
  Status follow_here(Directory& directory, const std::string& group, std::size_t place);
  Status list_groups(Directory& directory, const DirectorySettings& settings);

  using Places = std::vector<std::size_t>;
  std::unordered_map<std::string, Places> by_dn_;
  std::unordered_map<std::string, Places> by_login_;     // a posixGroup's memberUid
  std::unordered_map<std::string, std::string> groups_;  // every group: normal DN to its DN
};

// The filter that finds every group.
std::string group_filter(DirectoryKind kind);

// The one group of this name: its DN. NotFound and Conflict as above.
Result<std::string> find_group(Directory& directory, const DirectorySettings& settings,
                               const std::string& name);

}  // namespace assent::directory
