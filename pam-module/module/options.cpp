#include "pam-module/module/options.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "core/base/number.h"
#include "core/base/text.h"

namespace assent::pam {
namespace {

constexpr std::string_view kConf = "/etc/assent/pam.conf";

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(by), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool is_trusted(const struct stat& file) {
  return S_ISREG(file.st_mode) && (file.st_uid == 0 || file.st_uid == geteuid()) &&
         (file.st_mode & (S_IWGRP | S_IWOTH)) == 0 &&
         file.st_size <= static_cast<off_t>(Options::kMaxFile);
}

// Nothing when there is no such file, or it is not to be trusted.
std::optional<std::string> read_conf(const std::string& path,
                                     std::vector<std::string>& complaints) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file.number() < 0 && errno == ENOENT) return std::nullopt;
  struct stat status {};
  if (file.number() < 0 || fstat(file.number(), &status) != 0 || !is_trusted(status)) {
    complaints.push_back(path +
                         " is ignored: it must be a file of root's, writable by root alone, "
                         "of at most 16 KiB");
    return std::nullopt;
  }
  std::string text(Options::kMaxFile, '\0');
  const ssize_t size = read(file.number(), text.data(), text.size());
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}

std::optional<unsigned> number(std::string_view text, unsigned min, unsigned max) {
  const auto value = whole_number<unsigned>(text);
  return value && *value >= min && *value <= max ? value : std::nullopt;
}

template <class T>
bool choose(T& out, std::string_view text,
            std::initializer_list<std::pair<std::string_view, T>> known) {
  for (const auto& [word, value] : known)
    if (word == text) return out = value, true;
  return false;
}

bool set_fallback(Fallback& out, std::string_view text) {
  return choose(out, text, {{"allow", Fallback::Allow}, {"deny", Fallback::Deny}});
}

bool set_names(std::vector<std::string>& out, std::string_view text) {
  out = text == "none" ? std::vector<std::string>{} : split(text, ':');
  return true;
}

// False if the key is not known or the value does not fit it.
bool set(Options& options, std::string_view key, std::string_view value) {
  if (key == "on_unavailable") return set_fallback(options.on_unavailable, value);
  if (key == "unproven") return set_fallback(options.unproven, value);
  if (key == "local_accounts")
    return choose(options.local_accounts, value,
                  {{"allow", LocalAccounts::Allow},
                   {"ask", LocalAccounts::Ask},
                   {"deny", LocalAccounts::Deny}});
  if (key == "style")
    return choose(options.style, value,
                  {{"auto", Style::Auto}, {"tty", Style::Terminal}, {"dm", Style::DisplayManager}});
  if (key == "debug" && value.empty()) return options.debug = true;
  if (key == "after_publickey" && value.empty()) return options.after_publickey = true;
  if (key == "exempt") return set_names(options.exempt, value);
  if (key == "skip") return set_names(options.skip, value);
  if (key == "passwd" && value.starts_with('/')) return options.passwd = value, true;
  if (key == "socket" && value.starts_with('/')) return options.socket = value, true;
  if (key == "min_uid")
    if (const auto uid = number(value, 0, 1u << 31)) return options.min_uid = *uid, true;
  if (key == "timeout")
    if (const auto ms = number(value, 100, 30000))
      return options.timeout = std::chrono::milliseconds(*ms), true;
  return false;
}

void apply(Loaded& loaded, std::string_view setting) {
  const auto equals = std::min(setting.find('='), setting.size());
  const auto value = setting.substr(std::min(equals + 1, setting.size()));
  if (!set(loaded.options, trimmed(setting.substr(0, equals)), trimmed(value)))
    loaded.complaints.push_back("ignored setting: " + one_line(setting.substr(0, 80)));
}

}  // namespace

Loaded load_options(const std::vector<std::string_view>& arguments) {
  Loaded loaded;
  constexpr std::string_view kConfKey = "conf=";
  std::string_view path = kConf;
  for (const auto argument : arguments)
    if (argument.starts_with(kConfKey)) path = argument.substr(kConfKey.size());
  if (const auto text = read_conf(std::string(path), loaded.complaints))
    for (const auto& line : split(*text, '\n'))
      if (const auto setting = trimmed(line); !setting.empty() && setting[0] != '#')
        apply(loaded, setting);
  for (const auto argument : arguments)
    if (!argument.starts_with(kConfKey)) apply(loaded, argument);
  return loaded;
}

}  // namespace assent::pam
