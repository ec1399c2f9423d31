#include "core/policy/folder.h"

#include <algorithm>

#include "core/base/number.h"
#include "core/policy/fault.h"

namespace assent {
namespace {

constexpr std::string_view kPolicyFile = "policy.toml";
constexpr std::string_view kVersionFile = "version.toml";

// The number of the version folder that `path` lies in, or 0: "2/en-GB.std.md" is in 2.
std::uint32_t folder_of(std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == path.npos) return 0;
  const auto number = whole_number<std::uint32_t>(path.substr(0, slash));
  return number && path[0] != '0' && *number <= PolicyLimits::kNumber ? *number : 0;
}

Status put(const File*& place, const File& file) {
  if (place) return fault(file.path, 1, "is given twice");
  place = &file;
  return {};
}

Status put_rendition(const File& file, Folder& folder) {
  if (!file.path.ends_with(".md"))
    return fault(file.path, 1, "does not belong to a version: remove it");
  const auto same = [&](const File* other) { return other->path == file.path; };
  if (std::ranges::any_of(folder.renditions, same)) return fault(file.path, 1, "is given twice");
  if (folder.renditions.size() == PolicyLimits::kRenditions)
    return fault(file.path, 1, "a version has at most 64 renditions");
  folder.renditions.push_back(&file);
  return {};
}

Status require(const Folder& folder, const std::string& prefix) {
  if (!folder.version && folder.renditions.empty())
    return fail(Code::NotFound, "there is no version folder " + prefix);
  if (!folder.policy) return fault(kPolicyFile, 1, "is missing: see docs/policy-format.md");
  if (!folder.version)
    return fault(prefix + std::string(kVersionFile), 1, "is missing: see docs/policy-format.md");
  if (folder.renditions.empty())
    return fault(prefix + "en-GB.std.md", 1, "is missing: a version has at least one text");
  return {};
}

}  // namespace

Result<Folder> sort_files(std::span<const File> files, std::uint32_t number) {
  const std::string prefix = std::to_string(number) + "/";
  Folder folder;
  for (const File& file : files) {
    if (file.path == kPolicyFile) {
      ASSENT_CHECK(put(folder.policy, file));
    } else if (file.path == prefix + std::string(kVersionFile)) {
      ASSENT_CHECK(put(folder.version, file));
    } else if (folder_of(file.path) == number) {
      ASSENT_CHECK(put_rendition(file, folder));
    }
  }
  ASSENT_CHECK(require(folder, prefix));
  return folder;
}

Result<std::uint32_t> newest_version(std::span<const File> files) {
  std::uint32_t newest = 0;
  for (const File& file : files) newest = std::max(newest, folder_of(file.path));
  if (newest == 0)
    return fail(Code::NotFound, "there is no version folder: make 1/ with a version.toml");
  return newest;
}

}  // namespace assent
