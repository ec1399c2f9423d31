#include "pam-module/module/local_account.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "core/base/number.h"

namespace assent::pam {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

class Lines {
 public:
  // Never waits: a pipe in the file's place has no lines.
  explicit Lines(const std::string& path) {
    const int number = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (number < 0) return;
    file_.reset(fdopen(number, "r"));
    if (!file_) close(number);
  }
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  ~Lines() { free(text_); }

  // Valid until the next call; nothing at the end.
  std::optional<std::string_view> next() {
    const ssize_t size = file_ ? getline(&text_, &room_, file_.get()) : -1;
    if (size < 0) return std::nullopt;
    return std::string_view(text_, static_cast<std::size_t>(size));
  }

 private:
  std::unique_ptr<std::FILE, Close> file_;
  char* text_ = nullptr;
  std::size_t room_ = 0;
};

// Takes the text before the next colon off `line`.
std::string_view take_field(std::string_view& line) {
  const auto end = std::min(line.find(':'), line.size());
  const auto field = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return field;
}

// The third field of "name:password:uid:…".
std::optional<uid_t> uid_in(std::string_view line, std::string_view name) {
  if (take_field(line) != name) return std::nullopt;
  take_field(line);
  return whole_number<uid_t>(take_field(line));
}

}  // namespace

std::optional<uid_t> local_uid(const std::string& file, std::string_view name) {
  if (name == "root") return 0;
  if (name.empty() || name.front() == '+' || name.front() == '-') return std::nullopt;
  Lines lines(file);
  while (const auto line = lines.next())
    if (const auto uid = uid_in(*line, name)) return uid;
  return std::nullopt;
}

}  // namespace assent::pam
