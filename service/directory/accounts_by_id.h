#pragma once
// From the ids that outlive every renaming (entryUUID, objectGUID) to where the accounts stand now,
// and back.

#include <functional>
#include <span>
#include <unordered_map>

#include "service/app/directory_settings.h"
#include "service/directory/directory.h"

namespace assent::directory {

// By id as text, the account's DN as the directory writes it; also of one that was moved out of
// `settings.base`, because its memberships went with it. What is no id, is not in it.
Result<std::unordered_map<std::string, std::string>> find_by_id(Directory& directory,
                                                                const DirectorySettings& settings,
                                                                std::span<const std::string> ids);

// Everybody whom `settings.people` finds, one after the other: the id as text, and the normal DN.
// What it gave counts only when it returns well.
Status each_account(Directory& directory, const DirectorySettings& settings,
                    const std::function<void(const std::string& id, const std::string& dn)>& each);

}  // namespace assent::directory
