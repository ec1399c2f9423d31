#include "service/directory/refused_passwords.h"

#include <functional>

namespace assent::directory {

Status RefusedPasswords::check(const std::string& account, const std::string& password,
                               Moment now) {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(account);
  if (found == accounts_.end() || found->second.password != std::hash<std::string>{}(password) ||
      now - found->second.when >= kRest)
    return {};
  return fail(Code::Denied,
              "the directory refused the password of " + account +
                  ", and it is not sent again for ten minutes, so that the account is not locked: "
                  "correct password_file, or try it with assentctl directory check");
}

void RefusedPasswords::refused(const std::string& account, const std::string& password,
                               Moment now) {
  const std::lock_guard lock(mutex_);
  accounts_[account] = {std::hash<std::string>{}(password), now};
}

void RefusedPasswords::accepted(const std::string& account) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(account);
}

RefusedPasswords& refused_passwords() {
  static RefusedPasswords all;
  return all;
}

}  // namespace assent::directory
