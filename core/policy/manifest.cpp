#include "core/policy/manifest.h"

#include <algorithm>

#include "core/crypto/crypto.h"

namespace assent {

std::string to_manifest(std::vector<const File*> files) {
  std::ranges::sort(files, {}, [](const File* file) -> const std::string& { return file->path; });
  std::string out = "assent-manifest/1\n";
  for (const File* file : files) out += to_hex(sha256(file->bytes)) + "  " + file->path + "\n";
  return out;
}

}  // namespace assent
