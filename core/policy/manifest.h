#pragma once
// The list of files that a version is made of. Its SHA-256 names the version in every record.

#include <string>
#include <vector>

#include "core/policy/policy.h"

namespace assent {

// "assent-manifest/1" and a line for each file, sorted by path: hash, two spaces, path. Paths
// must hold no line break.
std::string to_manifest(std::vector<const File*> files);

}  // namespace assent
