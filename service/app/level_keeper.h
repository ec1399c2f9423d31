#pragma once
// The one thread that keeps levels in step: sweeps, then what waits for each output, then, from
// time to time, a look at everything that an output holds. Nothing that people wait for runs here,
// and a failing output makes it wait and not spin. There is none where no school has a table.

#include <condition_variable>
#include <deque>
#include <map>
#include <set>
#include <thread>

#include "service/app/level_sweep.h"
#include "service/app/reconciler.h"

namespace assent {

// What a school's output met last, for people to read.
struct OutputStatus {
  std::string id_source;
  std::optional<Time> last_pass;                   // that put something into the output
  std::optional<Time> last_check;                  // the newest whole reading
  std::size_t astray = 0, strangers = 0;           // found then
  std::size_t repaired = 0, failed = 0, left = 0;  // of those astray, so far
  std::string error;                               // of what was tried last; empty: it worked
};

class LevelKeeper {
 public:
  static constexpr minutes kDriftEvery{10};
  static constexpr seconds kForeignEvery{30};  // at most, however much others change
  static constexpr minutes kLongestWait{1};    // so that a clock that was put right is seen
  static constexpr std::size_t kAskedMax = 4;
  static constexpr std::size_t kRepairAtOnce = 500;  // people; more are put right round by round

  using Outputs = std::map<SchoolKey, std::unique_ptr<LevelOutput>>;
  struct Needs {
    const Registry& registry;
    const People& people;
    const LevelBook& book;
    LedgerWriter& writer;
    LevelSweeps& sweeps;
    const Calendar& calendar;
    const Clock& clock;
    Random& random;
  };

  LevelKeeper(Needs needs, Outputs outputs);
  // Ends when what is under way has come to its end: one batch at most. The writer must still run.
  ~LevelKeeper();

  // Rings for it when a level or a sweep was committed. May outlive the keeper.
  Observer observer() const;
  void start();  // once, when the writer runs
  // Any thread: something may have changed in an output.
  void wake();
  // Any thread: somebody has changed the directory that the school's output may be in; maybe this
  // service itself, and then the look finds nothing to put right, which ends it.
  void changed_outside(SchoolKey school);

  // Reads the school's output now and compares, or puts it right as well: of many, what is `left`
  // is put right after `then`, and status() says how far it is. NotFound where the school has no
  // output, Unavailable when too many ask or it is stopping. `then` is called once, on the keeper's
  // thread or at once.
  void check(SchoolKey school, bool repair, std::function<void(Result<Repair>)> then);
  // Who holds which level now, read whole. `then` as for check().
  void read(SchoolKey school, std::function<void(Result<std::vector<HeldLevel>>)> then);
  // Nothing where the school has no output. Any thread.
  std::optional<OutputStatus> status(SchoolKey school) const;

 private:
  struct Bell {  // shared with the observer, which the writer may call after the keeper has gone
    std::mutex mutex;  // guards the rest
    std::condition_variable rung;
    bool waiting = false, stopping = false;
    void ring(bool stop = false);
  };
  struct Kept {
    std::unique_ptr<LevelOutput> output;
    Reconciler reconciler;
    OutputStatus status;           // guarded by status_mutex_
    std::optional<Repair> repair;  // under way
    Time not_before{};             // no pass before: nothing answered
    Time last_look{}, next_check{};
    unsigned failures = 0;  // one after the other
  };
  struct Asked {
    SchoolKey school = 0;
    std::function<void(Result<Kept*>)> answer;  // once: with the school's own, or why not
  };

  void run();
  bool round();  // true: there is more to do at once
  bool sweep();
  bool has_own(SchoolKey school, const Kept& kept) const;
  bool pass(Kept& kept);
  void hear_of_changes();
  void check_in_time(Kept& kept);
  void ask(SchoolKey school, std::function<void(Result<Kept*>)> answer);
  void answer_one();
  Result<Repair> repair(Kept& kept);
  bool go_on(Kept& kept);
  void tell(Kept& kept, const Repair& repair);
  void failed(Kept& kept, const Error& why);
  milliseconds wait_time();
  bool stopping() const;

  Needs needs_;
  const std::shared_ptr<Bell> bell_;
  std::map<SchoolKey, Kept> kept_;  // the keeper's thread, but for each status
  mutable std::mutex status_mutex_;
  std::mutex asked_mutex_;  // guards what follows
  std::deque<Asked> asked_;
  std::set<SchoolKey> changed_outside_;
  Time sweep_not_before_{};  // the keeper's thread, as below
  unsigned sweep_failures_ = 0;
  bool begun_ = false;
  bool read_much_ = false;  // since it waited last
  std::thread thread_;
};

}  // namespace assent
