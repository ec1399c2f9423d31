#include "service/program/keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace assent {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

Failure trouble(const std::string& path, const char* what) {
  return fail(Code::Unavailable, std::string(what) + " " + path + ": " + std::strerror(errno));
}

Result<SecretKey> read_key(const std::string& path, const Descriptor& file) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return trouble(path, "cannot look at");
  if ((status.st_mode & 077) != 0)
    return fail(Code::Denied, path + " can be read by others: chmod 600 it, and ask who did");
  char text[65];
  if (::read(file.get(), text, sizeof text) != ssize_t(sizeof text) || text[64] != '\n')
    return fail(Code::Corrupt, path + " is not a key file: restore it from your backup");
  ASSENT_TRY(const auto seed, exactly<32>(from_hex({text, 64})));
  return SecretKey{seed};
}

Result<SecretKey> make_key(const std::string& path, Random& random) {
  std::error_code ignored;
  const auto folder = std::filesystem::path{path}.parent_path();
  if (!folder.empty() && std::filesystem::create_directories(folder, ignored))
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
  const Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.get() < 0) return trouble(path, "cannot make");
  const auto seed = random.bytes<32>();
  const std::string text = to_hex(seed) + "\n";
  if (::write(file.get(), text.data(), text.size()) != ssize_t(text.size()) ||
      ::fsync(file.get()) != 0)
    return trouble(path, "cannot write");
  const Descriptor parent{
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (parent.get() < 0 || ::fsync(parent.get()) != 0) return trouble(path, "cannot sync");
  return SecretKey{seed};
}

}  // namespace

Result<SecretKey> load_key(const std::string& path, bool may_make, Random& random) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  if (file.get() >= 0) return read_key(path, file);
  if (errno != ENOENT) return trouble(path, "cannot open");
  if (!may_make)
    return fail(Code::NotFound, "the key " + path +
                                    " is missing: restore it from where you keep it; without it "
                                    "this data folder's log cannot go on");
  return make_key(path, random);
}

}  // namespace assent
