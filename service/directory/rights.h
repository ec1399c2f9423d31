#pragma once
// What the service account may do, asked of the server itself. Asking changes nothing.
//
// Active Directory computes an account's rights on an entry. OpenLDAP is asked for a change that
// cannot be made: to delete a value that the entry does not have, and then to add it. It looks at
// rights first, so 50 is no, and 16 (there is no such value) is yes. Were the value there after
// all, it would be there afterwards. (Its no-op control is no way: slapd 2.5 damages its database.)

#include "service/app/directory_settings.h"
#include "service/directory/directory.h"

namespace assent::directory {

// True if the account may add and delete values of the attribute. Unavailable, or what else stood
// in the way of the question.
Result<bool> may_change(Directory& directory, DirectoryKind kind, const std::string& dn,
                        const std::string& attribute);

// Of these attributes, those of which the account may delete values: what it need not. On Active
// Directory all that it may write count, whatever was asked for.
Result<std::vector<std::string>> writable(Directory& directory, DirectoryKind kind,
                                          const std::string& dn,
                                          const std::vector<std::string>& attributes);

// Active Directory alone: true if the account may make entries of the class directly below `dn`.
Result<bool> may_create(Directory& directory, const std::string& dn, std::string_view object_class);

}  // namespace assent::directory
