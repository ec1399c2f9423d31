#include "admin-cli/files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "core/files/files.h"

namespace assent::cli {
namespace {

// What a person names on a command line and is not there is a wrong command line, whatever it is
// to the library.
Error as_usage(const Error& error) {
  return {error.code == Code::Conflict ? Code::Conflict : Code::Invalid, error.message};
}

// Where a link leads: people keep links to their exports, and core/files follows none.
std::string real_path(const std::string& path) {
  std::error_code error;
  const auto real = std::filesystem::canonical(path, error);
  return error ? path : real.string();
}

bool is_version_folder(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == name.npos;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  auto text = assent::read_file(real_path(path), max_bytes, Readable::ByAnybody);
  if (!text) return fail(as_usage(text.error()));
  return text;
}

Result<std::string> read_secret(const std::string& path) {
  auto text = assent::read_file(path, FileLimits::kToken, Readable::ByOwnerOnly);
  if (!text) return fail(as_usage(text.error()));
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  if (text->empty() || text->find_first_of(" \t\r\n") != text->npos)
    return fail(Code::Invalid, path + ": should hold one token on one line");
  return text;
}

Status write_new_file(const std::string& path, std::string_view content) {
  if (const Status made = create_private_file(path, content); !made)
    return fail(as_usage(made.error()));
  return {};
}

Status replace_file_for_group(const std::string& path, std::string_view content) {
  if (const Status made = replace_group_file(real_path(path), content); !made)
    return fail(as_usage(made.error()));
  return {};
}

Status check_new_file(const std::string& path) {
  std::error_code error;
  const auto folder = std::filesystem::path(path).parent_path();
  if (std::filesystem::exists(std::filesystem::symlink_status(path, error)))
    return fail(Code::Conflict, path + ": is there already: name a new file");
  if (!folder.empty() && !std::filesystem::is_directory(folder, error))
    return fail(Code::Invalid, path + ": there is no such folder");
  return {};
}

bool is_file(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

Result<std::vector<std::string>> list_folder(const std::string& path) {
  std::error_code error;
  std::vector<std::string> names;
  std::filesystem::directory_iterator at(path, error);
  for (; !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
    std::string name = at->path().filename().string();
    if (name.starts_with('.')) continue;
    if (names.size() == FileLimits::kFolderEntries)
      return fail(Code::Invalid, path + ": holds too many files for a policy");
    names.push_back(std::move(name));
  }
  if (error) return fail(Code::Invalid, path + ": " + error.message());
  std::ranges::sort(names);
  return names;
}

Result<PolicyFolder> read_policy_folder(const std::string& given) {
  std::error_code error;
  const auto whole = std::filesystem::weakly_canonical(given, error);
  PolicyFolder folder{{whole.filename().string()}, given, {}};
  while (folder.path.size() > 1 && folder.path.ends_with('/')) folder.path.pop_back();
  ASSENT_TRY(const auto names, list_folder(folder.path));
  if (const Status name = check_name(folder.policy.value); !name)
    return fail(Code::Invalid,
                given + ": the folder's name is the policy's: " + name.error().message);
  const auto add = [&](const std::string& path) -> Status {
    ASSENT_TRY(std::string bytes, read_file(folder.path + "/" + path, 4 * PolicyLimits::kFile));
    folder.files.push_back({path, std::move(bytes)});
    return {};
  };
  for (const std::string& name : names) {
    if (name == "policy.toml") ASSENT_CHECK(add(name));
    if (!is_version_folder(name)) continue;
    ASSENT_TRY(const auto inside, list_folder(folder.path + "/" + name));
    for (const std::string& file : inside) ASSENT_CHECK(add(name + "/" + file));
  }
  return folder;
}

std::vector<std::uint32_t> versions_in(const PolicyFolder& folder) {
  std::vector<File> left;
  for (const File& file : folder.files) left.push_back({file.path, ""});
  std::vector<std::uint32_t> numbers;
  for (auto newest = newest_version(left); newest; newest = newest_version(left)) {
    numbers.push_back(*newest);
    const std::string prefix = std::to_string(*newest) + "/";
    std::erase_if(left, [&](const File& file) { return file.path.starts_with(prefix); });
  }
  std::ranges::sort(numbers);
  return numbers;
}

}  // namespace assent::cli
