#pragma once
// Ends guests when their time comes and forgets them when they are to be forgotten, and writes both
// down: from then on no clock that is set back gives an account back (design decision 9).

#include <condition_variable>
#include <map>
#include <set>
#include <thread>

#include "service/app/guest_ports.h"
#include "service/app/registry.h"

namespace assent {

// One thread. What it does late does no harm: an account whose end has come lets nobody in,
// whatever is written.
class GuestKeeper {
 public:
  struct Needs {
    const Registry& registry;
    const GuestBook& guests;
    const GuestSessions& sessions;
    const People& people;
    LedgerWriter& writer;
    const Clock& clock;
    Random& random;
  };
  explicit GuestKeeper(Needs needs) : needs_(needs) {}
  ~GuestKeeper() { stop(); }

  // What to give to the writer before its first job.
  Observer observer();
  // Reads every guest once, then keeps watch. Unavailable when they cannot be read.
  Status start();
  void stop();  // again does nothing

  // Ends and forgets who is due at `now`. The thread does this by itself; for tests.
  Status run_once(Time now);

 private:
  void watch(const GuestRow& row);
  void run();
  std::vector<GuestId> due(Time now) const;
  Result<std::vector<Draft>> settle(Transaction& transaction, const GuestId& guest, Time now) const;
  Status forget_stays(Transaction& transaction, const GuestId& guest) const;

  Needs needs_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::map<GuestId, Time> next_;
  std::set<std::pair<Time, GuestId>> order_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace assent
