#include "service/directory/refused_passwords.h"

#include <functional>

namespace assent::directory {

Status RefusedPasswords::in_turn(const Account& account, milliseconds limit,
                                 const std::function<Status()>& sign_in) {
  {
    std::unique_lock lock(mutex_);
    if (!over_.wait_for(lock, limit, [&] { return !signing_in_.contains(account); }))
      return fail(Code::Unavailable,
                  "another sign-in as " + account.name + " has no answer yet: try again");
    signing_in_.insert(account);
  }
  Status out = sign_in();
  {
    const std::lock_guard lock(mutex_);
    signing_in_.erase(account);
  }
  over_.notify_all();
  return out;
}

Status RefusedPasswords::check(const Account& account, const std::string& password, Moment now) {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(account);
  if (found == accounts_.end() || found->second.password != std::hash<std::string>{}(password) ||
      now - found->second.when >= kRest)
    return {};
  return fail(Code::Denied,
              "the directory refused the password of " + account.name +
                  ", and it is not sent again for ten minutes, so that the account is not locked: "
                  "correct password_file, or try it with assentctl directory check");
}

void RefusedPasswords::refused(const Account& account, const std::string& password, Moment now) {
  const std::lock_guard lock(mutex_);
  accounts_[account] = {std::hash<std::string>{}(password), now};
}

void RefusedPasswords::accepted(const Account& account) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(account);
}

RefusedPasswords& refused_passwords() {
  static RefusedPasswords all;
  return all;
}

}  // namespace assent::directory
