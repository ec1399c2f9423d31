#pragma once
// One school's people, kept in step with its directory: when to read it, and what became of a
// reading. It waits for nothing but the import that it begins and the feed's one question; the
// keeper's thread calls it. Whatever goes wrong, people stay as they were last read.

#include <atomic>

#include "service/app/change_feed.h"
#include "service/app/roster_import.h"

namespace assent {

// For people to read.
struct RosterStatus {
  std::optional<minutes> every;       // as configured; none: read by hand alone
  bool reading = false;               // now
  std::optional<Time> last_read;      // when the newest whole reading began
  std::optional<ImportReport> found;  // by it
  std::optional<Time> last_import;    // that changed somebody
  std::string error;                  // of what was tried last; empty: it worked
  std::string stopped;                // why what was found waits for somebody; empty: it does not
  std::string deaf;                   // why changes are not heard of; empty: they are
};

class KeptRoster {
 public:
  static constexpr seconds kListenEvery{2};
  static constexpr milliseconds kLookEvery{100};  // while the directory is being read
  // Between two readings, whatever changes: at least this, and so many times what one takes.
  static constexpr seconds kQuiet{5};
  static constexpr int kRestPerReading = 20;
  // Until the next try: doubled each time, from a second.
  static constexpr seconds kAwayMax{5};    // nothing answered: in step within ten of its return
  static constexpr seconds kFaultMax{60};  // it answered, and somebody has to put something right
  static constexpr hours kDeafMax{1};

  struct Needs {
    SchoolKey school;
    RosterImports& imports;
    std::unique_ptr<ChangeFeed> feed;
    std::optional<minutes> every;     // none: it is only listened to
    std::function<void()> on_change;  // whenever the feed tells of one
    const Clock& clock;
  };
  explicit KeptRoster(Needs needs);
  ~KeptRoster();
  KeptRoster(const KeptRoster&) = delete;
  KeptRoster& operator=(const KeptRoster&) = delete;

  // Does what is due, and gives when something will be. One thread.
  Time step();
  // Any thread: read at the next step.
  void ask() { asked_ = true; }
  RosterStatus status() const;
  // Whether people may have changed unheard, because the last try to hear of changes or to read
  // failed, or none came to an end since the start. Any thread, at once.
  bool is_stale() const { return stale_; }

 private:
  void listen();
  void read();
  void begin();
  void finish(bool away);
  Result<std::string> settle(const ImportReport& found);
  // `passes`: trying again may help.
  void failed(const std::string& why, bool passes);
  void end_reading();
  void mark_stale();  // with the mutex held
  void rest(Time now);

  Needs needs_;
  std::atomic<bool> asked_{false}, stale_{false};
  mutable std::mutex mutex_;  // guards the two
  RosterStatus status_;
  bool unheard_ = false;  // the feed should tell of changes, and did not answer; under the mutex
  std::string import_;    // being read; the keeper's thread, as what follows
  bool changed_ = false;
  Time next_listen_{}, next_read_{}, begun_{}, quiet_until_{};
  unsigned deaf_tries_ = 0, failed_tries_ = 0;
};

}  // namespace assent
