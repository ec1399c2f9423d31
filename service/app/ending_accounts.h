#pragma once
// Accounts that end by themselves, such as a visitor's: who may have one is decided elsewhere.
// Nothing here assumes LDAP. Implemented in directory/ and tests/support; tests/contract holds all.

#include <string>
#include <vector>

#include "core/base/time.h"

namespace assent {

struct EndingAccount {
  std::string login;  // a-z, 0-9, '.', '-' and '_', beginning and ending with a letter or a digit
  std::string name;   // for people; one line
  Time end{};         // to the second: what is beyond it is cut off
  // Out of list() alone: the directory's own id, as a LevelOutput there knows people by.
  std::string id = {};
  friend bool operator==(const EndingAccount&, const EndingAccount&) = default;
};
struct EndingAccountLimits {
  static constexpr std::size_t kLogin = 20;  // what Windows takes as an account's name
  static constexpr std::size_t kName = 128;
  static constexpr std::size_t kPassword = 127;
  static constexpr days kLongest{366};  // from now: an end that nobody lives to see is none
};

// The directory itself refuses an account from its end on, whether or not the service runs. No call
// makes one without an end. One thread at a time; every call has a deadline. After Unavailable it
// may have happened; the same call again does no harm.
class EndingAccounts {
 public:
  virtual ~EndingAccounts() = default;
  // The account can sign in when this returns well. Again with the same login, name and end: the
  // password is set; the one before may hold for a while (an hour in Active Directory). Conflict
  // when the login is somebody's else. Invalid with the directory's words for a password that it
  // refuses. Denied when the directory is not prepared for such accounts.
  virtual Status create(const EndingAccount& account, const std::string& password) = 0;
  // Earlier or later, never in the past: to end it now, remove it. NotFound.
  virtual Status set_end(const std::string& login, Time end) = 0;
  // Well also when there is no such account.
  virtual Status remove(const std::string& login) = 0;
  // Those whose end has come and who were not removed too. Whole, or an error.
  virtual Result<std::vector<EndingAccount>> list() = 0;
};

// Invalid, saying why, for what no implementation takes. `now` is the service's.
Status check_ending_login(const std::string& login);
Status check_end(Time end, Time now);
Status check_ending_account(const EndingAccount& account, const std::string& password, Time now);

}  // namespace assent
