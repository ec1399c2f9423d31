#pragma once
// The few files that the agent reads and writes, opened so that no link, pipe or loose permission
// is believed, and written so that a power cut leaves the old or the new one.

#include <string>

#include "core/base/result.h"

namespace assent::agent {

enum class Access {
  Anybody,    // others may read it
  OwnerOnly,  // 0600 or stricter, and ours; anything else is Denied
};

// NotFound, Denied, Invalid if it is no plain file or longer than `max` bytes, Unavailable.
Result<std::string> read_file(const std::string& path, std::size_t max, Access access);

// Makes a new file of mode 0600 and syncs it and its folder. Conflict if the name is taken.
Status create_private_file(const std::string& path, std::string_view content);
// The same, in place of any older file of that name.
Status replace_private_file(const std::string& path, std::string_view content);

}  // namespace assent::agent
