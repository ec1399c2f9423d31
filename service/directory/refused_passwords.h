#pragma once
// Passwords that a directory has refused, so that nothing that tries on its own sends one again and
// again: the account would be locked, and stay so. A new password in the file is tried at once, and
// so is the old one when somebody asks for a check of the directory.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"

namespace assent::directory {

// Any thread.
class RefusedPasswords {
 public:
  // Three tries in half an hour: fewer than any directory's limit that is not set to lock
  // everybody.
  static constexpr minutes kRest{10};
  using Moment = std::chrono::steady_clock::time_point;
  // The same name at other servers is another account, also where only some of them are others.
  struct Account {
    std::vector<std::string> servers;  // sorted
    std::string name;
    friend auto operator<=>(const Account&, const Account&) = default;
  };

  // Runs `sign_in`, which sends the account's password, while nobody else's does: what is sent next
  // knows what became of it. Waits for its turn; Unavailable if that is not within `limit`.
  Status in_turn(const Account& account, milliseconds limit,
                 const std::function<Status()>& sign_in);

  // Denied while the password rests.
  Status check(const Account& account, const std::string& password, Moment now);
  void refused(const Account& account, const std::string& password, Moment now);
  void accepted(const Account& account);

 private:
  struct Refused {
    std::size_t password = 0;  // its hash
    Moment when;
  };
  std::mutex mutex_;  // guards what follows
  std::condition_variable over_;
  std::set<Account> signing_in_;
  std::map<Account, Refused> accounts_;
};

// The process's own: an account has one count of wrong passwords, whoever sent them.
RefusedPasswords& refused_passwords();

}  // namespace assent::directory
