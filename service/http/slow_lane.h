#pragma once
// One thread for what takes longer than a login may wait: comparing a roster, walking a school. So
// that a request of ICT's never stands before a check of a person's.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace assent::http {

// Any thread. Work is done in order, one at a time.
class SlowLane {
 public:
  static constexpr std::size_t kWaitingMax = 16;

  SlowLane() : thread_([this] { run(); }) {}
  // Ends what is under way, and drops what waits.
  ~SlowLane();
  SlowLane(const SlowLane&) = delete;
  SlowLane& operator=(const SlowLane&) = delete;

  // False when too much waits already: `work` is then not kept. What it throws ends it alone.
  bool add(std::function<void()> work);

 private:
  void run();
  std::function<void()> next();

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::thread thread_;  // the last: it uses all above
};

}  // namespace assent::http
