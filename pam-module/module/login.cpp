#include "pam-module/module/login.h"

#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "pam-module/module/local_account.h"

namespace assent::pam {
namespace {

constexpr char kMark[] = "pam_assent_authenticated";

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

std::string item(pam_handle_t* handle, int type) {
  const void* value = nullptr;
  if (pam_get_item(handle, type, &value) != PAM_SUCCESS || value == nullptr) return "";
  return static_cast<const char*>(value);
}

bool is_display_manager(const std::string& service) {
  static constexpr std::string_view kKnown[] = {"lightdm", "sddm", "greetd", "xdm", "lxdm"};
  return std::ranges::find(kKnown, service) != std::end(kKnown) || service.starts_with("gdm");
}

wire::ScreenKind screen_of(pam_handle_t* handle, const Options& options, const Login& login) {
  if (options.style == Style::Terminal) return wire::ScreenKind::Terminal;
  const bool graphical = is_display_manager(login.service) || login.tty.starts_with(':') ||
                         !item(handle, PAM_XDISPLAY).empty();
  return options.style == Style::DisplayManager || graphical ? wire::ScreenKind::DisplayManager
                                                             : wire::ScreenKind::Terminal;
}

// Root needs no password here, so even a mark would prove nothing.
bool is_roots_own(const std::string& service) {
  static constexpr std::string_view kNames[] = {"su", "su-l", "runuser", "runuser-l"};
  return getuid() == 0 && std::ranges::find(kNames, service) != std::end(kNames);
}

void free_mark(pam_handle_t*, void* data, int) {
  free(data);
}

}  // namespace

Login read_login(pam_handle_t* handle, const Options& options) {
  Login login;
  login.user = item(handle, PAM_USER);
  login.service = item(handle, PAM_SERVICE);
  login.tty = item(handle, PAM_TTY);
  login.screen = screen_of(handle, options, login);
  login.authenticated = has_mark(handle, login.user) && !is_roots_own(login.service);
  return login;
}

Standing standing_of(const Options& options, const Login& login) {
  if (contains(options.skip, login.service)) return Standing::Spared;
  const auto uid = local_uid(options.passwd, login.user);
  if (!uid) return Standing::Person;
  if (*uid == 0 || *uid < options.min_uid) return Standing::Spared;
  if (contains(options.exempt, login.user)) return Standing::Local;
  switch (options.local_accounts) {
    case LocalAccounts::Allow: return Standing::Local;
    case LocalAccounts::Ask: return Standing::Person;
    case LocalAccounts::Deny: break;
  }
  return Standing::KeptOut;
}

void set_mark(pam_handle_t* handle) {
  const std::string user = item(handle, PAM_USER);
  if (user.empty()) return;
  char* data = strdup(user.c_str());
  if (data != nullptr && pam_set_data(handle, kMark, data, free_mark) != PAM_SUCCESS) free(data);
}

bool has_mark(pam_handle_t* handle, const std::string& user) {
  const void* data = nullptr;
  if (pam_get_data(handle, kMark, &data) != PAM_SUCCESS || data == nullptr) return false;
  return !user.empty() && user == static_cast<const char*>(data);
}

bool came_by_publickey(pam_handle_t* handle) {
  const char* methods = pam_getenv(handle, "SSH_AUTH_INFO_0");  // one method a line
  return methods != nullptr &&
         ("\n" + std::string(methods)).find("\npublickey ") != std::string::npos;
}

gate::Asking asking_for(const Login& login, int flags) {
  if (login.authenticated)
    return (flags & PAM_SILENT) != 0 ? gate::Asking::CannotAsk : gate::Asking::Ask;
  return login.service == "sshd" ? gate::Asking::CannotAsk : gate::Asking::VerdictOnly;
}

}  // namespace assent::pam
