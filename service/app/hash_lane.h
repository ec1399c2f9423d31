#pragma once
// The few threads that compute slow hashes, and the short queue before them: so that however many
// people log in at once, nothing else waits, and nobody waits longer than who asked for them does.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/time.h"

namespace assent {

// Every limit on what people's own words may cost. A hash takes 17 ms on an idle core, several
// times that on a busy machine, and 19 MiB.
struct HashLimits {
  static constexpr unsigned kWorkers = 2;
  static constexpr std::size_t kWaitingMax = 64;
  // Of those, so many that cannot be right (HashLane::Who::ForShow).
  static constexpr std::size_t kForShowMax = 4;
  // For what waits. rlm_rest gives up after 3 s, and would call that a wrong passphrase.
  static constexpr milliseconds kDeadline{2000};
  // Words that were right are right for so long without a hash.
  static constexpr minutes kRemembered{10};
  static constexpr std::size_t kRememberedMax = 10'000;
};

// Any thread.
class HashLane {
 public:
  enum class Turn : std::uint8_t { InTime, TooLate };
  // Called once, on a worker: TooLate has no time for a hash any more.
  using Work = std::function<void(Turn)>;
  // ForShow: work that takes as long as others' so that nobody can tell, for somebody who cannot
  // get in. It has few places, so that those who guess cannot fill the lane.
  enum class Who : std::uint8_t { Anybody, ForShow };

  explicit HashLane(const Clock& clock) : clock_(clock) {}
  ~HashLane() { stop(); }
  HashLane(const HashLane&) = delete;
  HashLane& operator=(const HashLane&) = delete;

  // The first call starts the workers. False when too much waits: `work` is then not kept.
  bool add(Work work, Who who = Who::Anybody);
  // Ends what is under way and drops what waits. Again does nothing.
  void stop();

 private:
  struct Waiting {
    Work work;
    Time until{};
    Who who = Who::Anybody;
  };
  void run();

  const Clock& clock_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  std::size_t for_show_ = 0;  // of those that wait
  bool stopping_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace assent
