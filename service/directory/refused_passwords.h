#pragma once
// Passwords that a directory has refused, so that nothing that tries on its own sends one again and
// again: the account would be locked, and stay so. A new password in the file is tried at once, and
// so is the old one when somebody asks for a check of the directory.

#include <chrono>
#include <map>
#include <mutex>
#include <string>

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

  // Denied while the password rests.
  Status check(const std::string& account, const std::string& password, Moment now);
  void refused(const std::string& account, const std::string& password, Moment now);
  void accepted(const std::string& account);

 private:
  struct Refused {
    std::size_t password = 0;  // its hash
    Moment when;
  };
  std::mutex mutex_;  // guards what follows
  std::map<std::string, Refused> accounts_;
};

// The process's own: an account has one count of wrong passwords, whoever sent them.
RefusedPasswords& refused_passwords();

}  // namespace assent::directory
