#include "winlogon-shim/domain/settings.h"

#include <algorithm>

#include "core/base/letters.h"
#include "core/base/text.h"

namespace assent::windows {
namespace {

constexpr std::uint32_t kLeastDeadline = 500, kMostDeadline = 10'000;  // milliseconds
constexpr std::size_t kMostNames = 256, kName = 256, kHelp = 512, kUrl = 512;

class Reader {
 public:
  explicit Reader(const SettingValues& values) : values_(values) {}

  std::string line(std::string_view name, std::size_t max) {
    const auto text = values_.text(name);
    if (!text) return "";
    if (check_line(*text, max)) return *text;
    complain(name, "is too long or holds control characters");
    return "";
  }
  template <class T>
  T choice(std::string_view name, T otherwise,
           std::initializer_list<std::pair<std::string_view, T>> choices) {
    const auto text = values_.text(name);
    if (!text || text->empty()) return otherwise;
    for (const auto& [word, meaning] : choices)
      if (*text == word) return meaning;
    complain(name, "has an unknown word");
    return otherwise;
  }
  int number(std::string_view name, int otherwise, std::uint32_t least, std::uint32_t most) {
    const auto value = values_.number(name);
    if (!value) return otherwise;
    if (*value >= least && *value <= most) return int(*value);
    complain(name, "must be " + std::to_string(least) + " to " + std::to_string(most));
    return otherwise;
  }
  std::vector<std::string> names(std::string_view name, std::vector<std::string> otherwise) {
    auto texts = values_.texts(name);
    if (!texts) return otherwise;
    std::erase(*texts, "");
    const auto is_name = [](const auto& text) { return bool(check_line(text, kName)); };
    if (texts->size() <= kMostNames && std::ranges::all_of(*texts, is_name)) return *texts;
    complain(name, "has a name that is too long, or too many of them");
    return otherwise;
  }
  // A pin that cannot be read is no reason to go without one: nothing hashes to zeros.
  std::optional<Digest> digest(std::string_view name) {
    const auto text = values_.text(name);
    if (!text || text->empty()) return std::nullopt;
    Digest digest{};
    const auto bytes = from_hex(lower(*text));
    if (bytes && bytes->size() == digest.size())
      std::ranges::copy(*bytes, digest.begin());
    else
      complain(name, "must be 64 hexadecimal digits; nothing will be taken for the service");
    return digest;
  }
  std::vector<std::string> take_complaints() { return std::move(complaints_); }

 private:
  void complain(std::string_view name, const std::string& what) {
    complaints_.push_back("the setting " + std::string(name) + " " + what);
  }
  const SettingValues& values_;
  std::vector<std::string> complaints_;
};

}  // namespace

ReadSettings read_settings(const SettingValues& values) {
  Reader reader(values);
  ReadSettings out;
  Settings& settings = out.settings;
  settings.service = reader.line("Service", kUrl);
  settings.pin = reader.digest("ServicePin");
  settings.on_unavailable =
      reader.choice("OnUnavailable", OnUnavailable::Open,
                    {{"open", OnUnavailable::Open}, {"closed", OnUnavailable::Closed}});
  settings.disabled = values.number("Disabled").value_or(0) != 0;
  settings.local_accounts = reader.choice("LocalAccounts", LocalAccounts::Allow,
                                          {{"allow", LocalAccounts::Allow},
                                           {"ask", LocalAccounts::Ask},
                                           {"deny", LocalAccounts::Deny}});
  settings.domains = reader.names("Domains", {});
  settings.excluded_accounts = reader.names("ExcludedAccounts", {});
  settings.excluded_groups = reader.names("ExcludedGroups", settings.excluded_groups);
  settings.deadline_ms =
      reader.number("DeadlineMs", settings.deadline_ms, kLeastDeadline, kMostDeadline);
  settings.banner = reader.number("Banner", 0, 0, 1) == 1;
  settings.help = reader.line("Help", kHelp);
  out.complaints = reader.take_complaints();
  return out;
}

}  // namespace assent::windows
