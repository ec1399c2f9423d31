#pragma once
// Who has which guest account now, in memory: each login over Wi-Fi asks. All of them are held, and
// nobody else is, so an account that nobody has is told as soon as one that somebody has.

#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "service/app/guest_ports.h"
#include "service/app/ledger_writer.h"

namespace assent {

// Any thread.
class AccountHolders {
 public:
  using Holder = std::shared_ptr<const GuestRow>;

  static Result<std::unique_ptr<AccountHolders>> load(const GuestBook& guests,
                                                      const std::vector<School>& schools);
  // The observer to give to the writer. After it has returned, nobody is given an older row.
  void committed(const std::vector<CommittedChange>& changes);

  // Whom the account was given to last, of those who still have it, suspended or not; nullptr when
  // it is nobody's. Whether their time has come, or is over, is judged by who asks.
  Holder of(SchoolKey school, const std::string& account) const;

 private:
  using Accounts = std::unordered_map<std::string, std::vector<Holder>>;  // the newest comes last
  AccountHolders() = default;
  void put(const GuestRow& row);

  mutable std::mutex mutex_;  // guards what follows
  std::map<SchoolKey, Accounts> held_;
};

}  // namespace assent
