#pragma once
// Guests in their school's directory: an account there with the same end, so that they can sign in
// at its machines, at the level that guests have. Level-triggered: each look compares what should
// be there with what is, so a lost event or a restart does no harm.

#include <condition_variable>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "service/app/ending_accounts.h"
#include "service/app/guest_ports.h"
#include "service/app/registry.h"

namespace assent {

// One thread talks to the directories. given() and the observer may be called from any.
class GuestAccounts final : public GuestSecrets {
 public:
  struct Place {
    std::unique_ptr<EndingAccounts> accounts;
    std::string id_source;  // as in identity(source, external)
  };
  struct Needs {
    const Registry& registry;
    const GuestBook& guests;
    const People& people;
    LedgerWriter& writer;
    const Clock& clock;
  };
  struct Status {
    std::size_t held = 0;              // accounts that are there, and right
    std::size_t strangers = 0;         // that no guest ever had: left alone
    std::vector<std::string> without;  // cannot be made until somebody gives new words
    std::string error;                 // of the last look; empty: it came to its end
    Time at{};
  };

  GuestAccounts(Needs needs, std::map<SchoolKey, Place> places);
  ~GuestAccounts() override { stop(); }

  // What to give to the writer before its first job. It must not outlive this.
  Observer observer();
  // Kept in memory alone, until the account is made or the guest has gone.
  void given(const GuestRow& guest, const std::string& passphrase) override;
  void start();
  void stop();  // again does nothing
  // Nothing where the school's guests are in no directory. Any thread.
  std::optional<Status> status(SchoolKey school) const;

  // One look at one school, on the caller's thread; for tests.
  assent::Status look(SchoolKey school);

 private:
  struct Wanted;
  using ByLogin = std::map<std::string, Wanted>;
  using Held = std::map<std::string, EndingAccount>;  // by login
  struct Secret {
    SchoolKey school = 0;
    std::string passphrase;
    Digest hash{};
  };
  Result<ByLogin> wanted(const School& school);
  assent::Status compare(const School& school, Place& place, Status& status);
  assent::Status take_away(const School& school, Place& place, const ByLogin& wanted, Held& held,
                           Status& status) const;
  assent::Status bring_in_step(Place& place, const Wanted& guest, const EndingAccount* held,
                               Status& status);
  assent::Status remember_id(const Place& place, const School& school, const Wanted& guest,
                             const std::string& id) const;
  void forget_but(SchoolKey school, const std::set<GuestId>& live);
  void run();
  void ring();

  Needs needs_;
  std::map<SchoolKey, Place> places_;  // the thread's own
  mutable std::mutex mutex_;           // guards what follows
  std::condition_variable rung_;
  std::map<SchoolKey, Status> status_;
  std::map<GuestId, Secret> secrets_;  // to be put there
  std::map<GuestId, Digest> applied_;  // what is there, as far as this process knows
  bool waiting_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace assent
