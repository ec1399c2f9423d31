#pragma once
// What accounts with an end stand on in a directory, and whether it is there: without it an account
// could outlive its end, or could do what a visitor must not.

#include "service/app/directory_settings.h"
#include "service/directory/directory.h"

namespace assent::directory {

// The unit is there and can be read. NotFound, saying what to do.
Status check_unit(Directory& directory, const EndingAccountSettings& accounts);

// OpenLDAP: the password policy is there, and slapd's overlay heeds it below the unit. pwdEndTime
// without both is a number that nobody looks at. Asked by an account that cannot be made, because
// the unit that it would be in is not there: the overlay refuses its two passwords before.
Status check_policy(Directory& directory, const EndingAccountSettings& accounts);

// Active Directory: the domain, and Domain Users, of which new accounts are members at first.
struct Domain {
  std::string dn;
  std::string users;  // DN of Domain Users
};
Result<Domain> find_domain(Directory& directory);
// Denied while ms-DS-MachineAccountQuota is not 0: by default each account may join 10 machines.
Status check_quota(Directory& directory, const Domain& domain);

// Active Directory: the group that guests have instead of Domain Users, anywhere in the domain.
// Denied for a built-in one.
struct PrimaryGroup {
  std::string dn;
  std::string token;  // its relative id, as primaryGroupID takes it
};
Result<PrimaryGroup> find_primary_group(Directory& directory, const DirectorySettings& settings,
                                        const Domain& domain);

}  // namespace assent::directory
