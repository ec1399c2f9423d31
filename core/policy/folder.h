#pragma once
// Which of a policy's files belong to one version. It reads names only, never what is inside.

#include <span>
#include <vector>

#include "core/policy/policy.h"

namespace assent {

struct Folder {  // one version's files; pointers into the caller's; none is null or missing
  const File* policy = nullptr;
  const File* version = nullptr;
  std::vector<const File*> renditions;
};

// Other versions' files are left out. Invalid names a file that is missing, given twice or does
// not belong; NotFound if no file lies in the version's folder.
Result<Folder> sort_files(std::span<const File> files, std::uint32_t number);

}  // namespace assent
