// Files by descriptor: every check is made on what was opened, not on its name.
#include "core/files/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

namespace assent {
namespace {

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Failure failed(const std::string& path, int error) {
  const Code code = error == ENOENT                     ? Code::NotFound
                    : error == EEXIST                   ? Code::Conflict
                    : error == EACCES || error == ELOOP ? Code::Denied
                                                        : Code::Unavailable;
  return fail(code, path + ": " + std::generic_category().message(error));
}

Status check(const struct stat& found, const std::string& path, std::size_t max, Readable by) {
  if (!S_ISREG(found.st_mode)) return fail(Code::Invalid, path + " is no plain file");
  if (found.st_size < 0 || std::size_t(found.st_size) > max)
    return fail(Code::Invalid, path + " is longer than " + std::to_string(max) + " bytes");
  if (by == Readable::ByOwnerOnly && ((found.st_mode & 077) != 0 || found.st_uid != geteuid()))
    return fail(Code::Denied, path + " must be readable by its owner alone (chmod 0600)");
  return {};
}

Status write_and_sync(int descriptor, const std::string& path, std::string_view content) {
  while (!content.empty()) {
    const ssize_t wrote = write(descriptor, content.data(), content.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return failed(path, errno);
    content.remove_prefix(std::size_t(wrote));
  }
  if (fsync(descriptor) != 0) return failed(path, errno);
  return {};
}

Status sync_folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == path.npos ? "." : path.substr(0, slash + 1);
  const File opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || fsync(opened.get()) != 0) return failed(folder, errno);
  return {};
}

// The mode is set by itself, whatever the process masks, and after the group: nobody else reads it
// in between.
Status give(int descriptor, const std::string& path, mode_t mode, std::optional<gid_t> group) {
  struct stat made;
  if (fstat(descriptor, &made) != 0) return failed(path, errno);
  const bool other = group && *group != made.st_gid;
  if (other && fchown(descriptor, uid_t(-1), *group) != 0)
    return fail(Code::Denied, path + ": may not be given the group of the file that it replaces");
  if (fchmod(descriptor, mode) != 0) return failed(path, errno);
  return {};
}

Status create_file(const std::string& path, std::string_view content, mode_t mode,
                   std::optional<gid_t> group) {
  const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.get() < 0) return failed(path, errno);
  Status made = give(file.get(), path, mode, group);
  if (made) made = write_and_sync(file.get(), path, content);
  if (!made) {
    unlink(path.c_str());
    return made;
  }
  return sync_folder_of(path);
}

Status replace_file(const std::string& path, std::string_view content, mode_t mode,
                    std::optional<gid_t> group) {
  const std::string fresh = path + ".new";
  if (unlink(fresh.c_str()) != 0 && errno != ENOENT) return failed(fresh, errno);
  ASSENT_CHECK(create_file(fresh, content, mode, group));
  if (rename(fresh.c_str(), path.c_str()) != 0) return failed(path, errno);
  return sync_folder_of(path);
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t max, Readable by) {
  // O_NONBLOCK: a pipe in the file's place must not hold us.
  const File file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat found;
  if (file.get() < 0 || fstat(file.get(), &found) != 0) return failed(path, errno);
  ASSENT_CHECK(check(found, path, max, by));
  std::string content(max + 1, '\0');
  std::size_t filled = 0;
  for (ssize_t got = 1; got != 0 && filled < content.size(); filled += std::size_t(got)) {
    got = read(file.get(), content.data() + filled, content.size() - filled);
    if (got < 0) return failed(path, errno);
  }
  if (filled > max) return fail(Code::Invalid, path + " grew while it was read");
  content.resize(filled);
  return content;
}

Status make_private_folder(const std::string& path) {
  std::error_code error;
  if (std::filesystem::create_directories(path, error))
    std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  if (error) return failed(path, error.value());
  return {};
}

Status create_private_file(const std::string& path, std::string_view content) {
  return create_file(path, content, 0600, std::nullopt);
}

Status replace_private_file(const std::string& path, std::string_view content) {
  return replace_file(path, content, 0600, std::nullopt);
}

Status replace_group_file(const std::string& path, std::string_view content) {
  struct stat older;
  const bool is_there = stat(path.c_str(), &older) == 0;
  return replace_file(path, content, 0640, is_there ? std::optional(older.st_gid) : std::nullopt);
}

}  // namespace assent
