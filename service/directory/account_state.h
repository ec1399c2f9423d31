#pragma once
// Whether the directory would let an account sign in at all. Pure.

#include "service/app/directory_settings.h"
#include "service/directory/directory.h"

namespace assent::directory {

// What must be asked for to know it.
std::vector<std::string> state_attributes(DirectoryKind kind);

// False for a disabled or expired account, and for one that an administrator locked. An account
// that wrong passwords locked is usable: else anybody could make people leave the roster.
// Invalid when an attribute cannot be understood.
Result<bool> is_usable(DirectoryKind kind, const Entry& entry, Time now);

// The account's id that outlives every renaming: an objectGUID or an entryUUID, as text.
std::string id_attribute(DirectoryKind kind);
Result<std::string> id_of(DirectoryKind kind, const Entry& entry);

}  // namespace assent::directory
