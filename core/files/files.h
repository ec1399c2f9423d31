#pragma once
// Secrets and settings on disk, opened so that no link, pipe or loose permission is believed, and
// written so that a power cut leaves the old or the new one. Not for the store's files.

#include <string>

#include "core/base/result.h"

namespace assent {

enum class Readable {
  ByAnybody,
  ByOwnerOnly,  // 0600 or stricter, and ours; anything else is Denied
};

// NotFound, Denied, Invalid if it is no plain file or longer than `max` bytes, Unavailable.
Result<std::string> read_file(const std::string& path, std::size_t max, Readable by);

// Makes the folder and those above it, the last one 0700, where they are missing.
Status make_private_folder(const std::string& path);

// Makes a new file of mode 0600 and syncs it and its folder. Conflict if the name is taken.
Status create_private_file(const std::string& path, std::string_view content);
// The same, in place of any older file of that name.
Status replace_private_file(const std::string& path, std::string_view content);
// Likewise, but 0640 and of the older file's group, for another program to read. Denied if we may
// not give it that group.
Status replace_group_file(const std::string& path, std::string_view content);

}  // namespace assent
