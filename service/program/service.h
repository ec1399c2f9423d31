#pragma once
// One running service: every object, built and wired in order. main.cpp decides what it is for.

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "service/app/devices.h"
#include "service/app/gate_service.h"
#include "service/app/guest_accounts.h"
#include "service/app/guest_asks.h"
#include "service/app/guest_cache.h"
#include "service/app/guest_door.h"
#include "service/app/guest_keeper.h"
#include "service/app/level_keeper.h"
#include "service/app/standings_cache.h"
#include "service/calendar/zone_calendar.h"
#include "service/config/config.h"
#include "service/program/guest_wifi.h"
#include "service/store/store.h"

namespace assent {

struct Keys {
  SigningKey log;
  SecretKey ticket, access;
  SecretKey guest;  // what guests' secrets are kept under
};

// Locks the data folder; Conflict while another process has it.
class FolderLock {
 public:
  static Result<FolderLock> take(const std::string& folder);
  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

// Where a school's levels are put; nullptr: nowhere. Asked once for each school with a table.
using LevelOutputFactory = std::function<std::unique_ptr<LevelOutput>(const School&)>;

struct Service {
  static Result<std::unique_ptr<Service>> open(Config config, const Clock& clock, Random& random,
                                               std::function<void(std::string)> on_fatal,
                                               const LevelOutputFactory& output_for = {});

  // In the order of their making; they go in the opposite one.
  Config config;
  FolderLock lock;
  Keys keys;
  std::unique_ptr<store::Store> store;
  ZoneCalendar calendar;
  std::unique_ptr<Registry> registry;
  std::unique_ptr<StandingsCache> standings;
  std::unique_ptr<GuestCache> guests;  // what the door reads
  std::unique_ptr<AccountHolders> holders;
  std::unique_ptr<NtSecrets> nt;    // none: MSCHAPv2 is off
  std::unique_ptr<GuestWifi> wifi;  // what the writer still does for it ends before it
  std::unique_ptr<LedgerWriter> writer;
  std::unique_ptr<GuestAccounts> guest_accounts;  // not started yet
  TryLimiter tries;
  std::unique_ptr<GuestAsks> guest_asks;
  Argon2id hash;
  std::unique_ptr<OwnWords> own_words;  // stopped before the writer
  std::unique_ptr<GuestDoor> guest_door;
  std::unique_ptr<GuestKeeper> guest_keeper;  // not started yet
  std::unique_ptr<LevelSweeps> sweeps;
  std::unique_ptr<LevelKeeper> levels;  // none where no school has a table; not started yet

  VerifierKey log_key() const { return {config.service.origin, keys.log.public_key()}; }
};

// A person made by hand, with an admin token: how a new installation lets its first admin in.
// Gives the token. Somebody who has the login already gets a token of their own.
Result<std::string> bootstrap(Service& service, const SchoolName& school, const std::string& login,
                              const std::string& name, const Clock& clock, Random& random);

}  // namespace assent
