#pragma once
// The one thread that takes guests off the network when they may not be there any more: at once
// when somebody ended or suspended them, and at their end. The session's own timeout and the answer
// to its next report do the same where an access point takes no Disconnect-Request.

#include <condition_variable>
#include <map>
#include <set>
#include <thread>

#include "service/app/guest_stays.h"
#include "service/app/portal_gateway.h"
#include "service/app/session_cutter.h"

namespace assent {

class GuestCutter {
 public:
  static constexpr std::size_t kWaitingMax = 10'000;
  static constexpr unsigned kTriesMax = 6;
  static constexpr seconds kLookEvery{10};  // at stays whose guest's time may be over
  static constexpr unsigned kReportsMissed = 3;

  struct Needs {
    const NasRegister& nases;
    const GatewayRegister& gateways;
    const OnlineGuests& online;
    const GuestSessions& sessions;
    const GuestDoor& door;
    GuestStays& stays;
    SessionCutter& cutter;
    const Clock& clock;
  };
  explicit GuestCutter(Needs needs) : needs_(needs), bell_(std::make_shared<Bell>()) {}
  ~GuestCutter() { stop(); }

  // Rings for it when a guest was changed. May outlive the cutter.
  Observer observer() const;
  void start();  // once, when the writer runs
  // Ends when the cut that is under way has: a few seconds at most. The writer must still run.
  void stop();
  // Any thread: this stay should end, and why.
  void cut(const GuestSessionRow& stay, const std::string& cause);
  // What it does when it is rung for, and in time: for start() and for tests.
  void round();

 private:
  struct Bell {  // shared with the observer, which the writer may call after the cutter has gone
    std::mutex mutex;  // guards the rest
    std::condition_variable rung;
    bool stopping = false;
    bool waiting = false;
    std::set<GuestId> changed;
    std::map<GuestSessionId, std::pair<GuestSessionRow, std::string>> asked;
  };
  struct Waiting {
    GuestSessionRow stay;
    std::string cause;
    unsigned tries = 0;
    Time not_before{};
  };

  void run();
  void take_asked();
  void look_at(const GuestId& guest);
  void look_at_all();
  void add(const GuestSessionRow& stay, const std::string& cause);
  void cut_waiting();
  void try_cut(Waiting& waiting);
  Result<bool> cut_now(const Waiting& waiting, Time now);
  bool is_lost(const GuestSessionRow& stay, Time now) const;
  milliseconds wait_time() const;

  Needs needs_;
  const std::shared_ptr<Bell> bell_;
  std::map<GuestSessionId, Waiting> waiting_;  // its thread alone, as what follows
  std::map<GuestId, Time> until_;              // when those who are online have to be looked at
  std::map<std::string, Time> silent_;  // access points that gave no answer; not asked before
  Time next_look_{};
  std::thread thread_;
};

}  // namespace assent
