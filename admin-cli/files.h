#pragma once
// What assentctl reads and writes, through core/files: people's files, and policies' folders.

#include <string>
#include <vector>

#include "core/policy/policy.h"

namespace assent::cli {

struct FileLimits {
  static constexpr std::size_t kRoster = 32 * 1024 * 1024;
  static constexpr std::size_t kReceipt = 128 * 1024;
  static constexpr std::size_t kNote = 256 * 1024;
  static constexpr std::size_t kSettings = 16 * 1024;
  static constexpr std::size_t kToken = 1024;
  static constexpr std::size_t kFolderEntries = 1024;
};

// Invalid, in words that begin with the path, when it cannot be done.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes);
// The file's one line. Refuses a file that others may read (0600) or that another user owns.
Result<std::string> read_secret(const std::string& path);
// Makes a new file, 0600 because receipts name people. Conflict if there is one of that name.
Status write_new_file(const std::string& path, std::string_view content);
// In place of any older file, at once and whole: 0640, and of the older file's group, so that the
// program that reads it still may. Follows links.
Status replace_file_for_group(const std::string& path, std::string_view content);
// What write_new_file would refuse, as far as it shows beforehand.
Status check_new_file(const std::string& path);
bool is_file(const std::string& path);
// Names in a folder, sorted, without those that begin with a dot.
Result<std::vector<std::string>> list_folder(const std::string& path);

// A policy's folder as core/policy reads it: policy.toml and the files of every version folder.
struct PolicyFolder {
  PolicyName policy;  // the folder's name
  std::string path;   // without a slash at its end
  std::vector<File> files;
};
Result<PolicyFolder> read_policy_folder(const std::string& path);
// The numbers of the version folders, lowest first.
std::vector<std::uint32_t> versions_in(const PolicyFolder& folder);

}  // namespace assent::cli
