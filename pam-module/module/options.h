#pragma once
// What an administrator may set for the PAM module: /etc/assent/pam.conf first, then the arguments
// in the PAM file. A wrong setting is reported and left at its default: it never ends a login.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace assent::pam {

enum class Fallback { Allow, Deny };
enum class LocalAccounts { Allow, Ask, Deny };
enum class Style { Auto, Terminal, DisplayManager };

struct Options {
  static constexpr std::size_t kMaxFile = 16 * 1024;

  std::string socket = "/run/assent/pam.sock";
  std::chrono::milliseconds timeout{3000};  // for each exchange with the agent, 100 to 30000
  Fallback on_unavailable = Fallback::Allow;
  Fallback unproven = Fallback::Allow;
  // The accounts of the machine itself, which are nobody in the school's directory: let in without
  // a question and without a record, asked as if they were people of the school, or kept out. A
  // system account and one that is exempt are left alone in any case.
  LocalAccounts local_accounts = LocalAccounts::Allow;
  std::string passwd = "/etc/passwd";  // where those accounts stand
  unsigned min_uid = 1000;             // of them, system accounts are below it
  std::vector<std::string> exempt;     // names of them: break-glass accounts
  // PAM services that are never asked: nobody sits before them, or an administrator needs them.
  std::vector<std::string> skip = {"sudo",         "sudo-i",   "cron",     "crond",   "atd",
                                   "systemd-user", "polkit-1", "samba",    "cups",    "chfn",
                                   "chsh",         "passwd",   "chpasswd", "newusers"};
  bool after_publickey = false;
  Style style = Style::Auto;
  bool debug = false;
};

struct Loaded {
  Options options;
  std::vector<std::string> complaints;  // for the log
};

// Reads the file named by conf= (default /etc/assent/pam.conf), then `arguments`. A file that is
// not a regular one, not owned by root (or this process's own user), writable by others, or over
// kMaxFile is left out with a complaint; a missing one without.
Loaded load_options(const std::vector<std::string_view>& arguments);

}  // namespace assent::pam
