#pragma once
// The stays that have not ended, in memory: a login asks how many devices a guest has online, the
// portal who is at an address. What it knows is in the store as well.

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>

#include "service/app/guest_ports.h"
#include "service/app/ledger_writer.h"

namespace assent {

// Any thread.
class OnlineGuests {
 public:
  // How long a login counts of which no access point has reported a session yet.
  static constexpr seconds kExpected{60};

  static Result<std::unique_ptr<OnlineGuests>> load(const GuestSessions& sessions,
                                                    const std::vector<School>& schools);
  // The observer to give to the writer.
  void committed(const std::vector<CommittedChange>& changes);

  // Whether the guest may be online with `device` beside those that they have: `most` in all. If
  // so, it counts from now on.
  bool take(const GuestId& guest, const std::string& device, unsigned most, Time now);
  std::vector<GuestSessionRow> all() const;
  std::vector<GuestSessionRow> at(const std::string& nas) const;
  // Of the device at a network address: the newest.
  std::optional<GuestSessionRow> at_address(SchoolKey school, const std::string& address) const;

 private:
  using Login = std::pair<GuestId, std::string>;  // who, with which device
  using Until = std::map<std::string, Time>;      // by device
  struct HashOfId {
    std::size_t operator()(const GuestId& id) const;
  };
  OnlineGuests() = default;
  void add(const GuestSessionRow& row);
  void remove(const GuestSessionId& id);
  void forget(const Login& login);
  void forget_expected(Time now);

  mutable std::mutex mutex_;  // guards what follows
  std::map<GuestSessionId, GuestSessionRow> stays_;
  std::map<GuestId, std::set<GuestSessionId>> of_guest_;
  std::map<std::pair<SchoolKey, std::string>, GuestSessionId> at_address_;
  std::unordered_map<GuestId, Until, HashOfId> expected_;
  std::deque<std::pair<Time, Login>> by_age_;
};

}  // namespace assent
