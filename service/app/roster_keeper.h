#pragma once
// The one thread that keeps people in step with the directories that they come from: it listens for
// changes, reads when there are some and from time to time, and says what it found. The gate never
// waits for it: while a directory is away, people are those who were last read.

#include <condition_variable>
#include <thread>

#include "service/app/kept_roster.h"

namespace assent {

class RosterKeeper {
 public:
  static constexpr minutes kLongestWait{1};  // so that a clock that was put right is seen

  struct Kept {
    std::function<std::unique_ptr<ChangeFeed>()> feed;
    bool gives_roster = false;     // else it is listened to for its levels alone
    std::optional<minutes> every;  // none: people are read by hand alone
  };
  struct Needs {
    const Registry& registry;
    RosterImports& imports;
    std::map<SchoolName, Kept> directories;
    std::function<void(SchoolKey)> on_change;  // on the keeper's thread: a directory has changed
    const Clock& clock;
  };

  explicit RosterKeeper(Needs needs);
  // As stop().
  ~RosterKeeper();

  void start();  // once, when the writer runs
  // Ends when the call that is under way has: one question to one server. The writer must still
  // run.
  void stop();

  // Any thread: reads the school's directory soon, if it is read at all.
  void ask(SchoolKey school);
  // Nothing where the school's people come from elsewhere. Any thread.
  std::optional<RosterStatus> status(SchoolKey school) const;
  // KeptRoster::is_stale(); false where people are read by hand alone. Any thread, at once.
  bool is_stale(SchoolKey school) const;

 private:
  struct School {
    KeptRoster roster;
    bool gives_roster;
  };
  void run();
  void ring(bool stop);
  bool stopping();

  Needs needs_;
  std::map<SchoolKey, std::unique_ptr<School>> schools_;
  std::mutex mutex_;  // guards the two
  bool asked_ = false, stopping_ = false;
  std::condition_variable rung_;
  std::thread thread_;
};

}  // namespace assent
