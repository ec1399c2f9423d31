#pragma once
// One node's store behind the ports of app/ports.h, and where it comes from. What the rows look
// like is schema.cpp's business; who may do what is not decided here.

#include <functional>
#include <memory>
#include <string>

#include "service/app/guest_ports.h"
#include "service/app/level_ports.h"

namespace assent::store {

// Every port of one store. The references live as long as the store does.
struct Store {
  Standings& standings;
  LedgerReader& ledger;
  Journal& journal;
  People& people;
  Registers& registers;
  History& history;
  LevelBook& levels;
  SweepBook& sweeps;
  GuestBook& guests;
  GuestSessions& guest_sessions;

  Store(Standings& s, LedgerReader& l, Journal& j, People& p, Registers& r, History& h,
        LevelBook& b, SweepBook& w, GuestBook& g, GuestSessions& n)
      : standings(s),
        ledger(l),
        journal(j),
        people(p),
        registers(r),
        history(h),
        levels(b),
        sweeps(w),
        guests(g),
        guest_sessions(n) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;
};

// Where a test may make Journal::commit fail, and how: in pairs, because a write that is reported
// lost may have happened.
enum class FaultPoint : std::uint8_t { Begin, Statement, Commit };
enum class Fault : std::uint8_t {
  None,
  Lost,                 // fails, and did not happen
  KeptButReportedLost,  // happens, and is then reported as failed
};
using FaultHook = std::function<Fault(FaultPoint)>;  // called on the writer's thread

// Opens the SQLite file at `path`, making it (0600) and its folder (0700) when they are missing.
// Denied if others may read the file or write to its folder; Invalid if the file is not Assent's,
// or was made by a newer Assent; Corrupt if it is damaged; Unavailable if it cannot be opened.
Result<std::unique_ptr<Store>> open_store(const std::string& path, FaultHook faults = {});

}  // namespace assent::store
