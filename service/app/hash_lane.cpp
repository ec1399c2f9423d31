#include "service/app/hash_lane.h"

#include <utility>

namespace assent {

bool HashLane::add(Work work, Who who) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= HashLimits::kWaitingMax) return false;
    if (who == Who::ForShow && for_show_ >= HashLimits::kForShowMax) return false;
    if (who == Who::ForShow) ++for_show_;
    waiting_.push_back({std::move(work), clock_.now() + HashLimits::kDeadline, who});
    while (workers_.size() < HashLimits::kWorkers) workers_.emplace_back([this] { run(); });
  }
  changed_.notify_one();
  return true;
}

void HashLane::stop() {
  std::deque<Waiting> dropped;  // goes after the mutex is free
  std::vector<std::thread> workers;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(waiting_);
    workers.swap(workers_);
  }
  changed_.notify_all();
  for (std::thread& each : workers) each.join();
}

void HashLane::run() {
  for (;;) {
    Waiting next;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
      if (next.who == Who::ForShow) --for_show_;
    }
    next.work(clock_.now() < next.until ? Turn::InTime : Turn::TooLate);
  }
}

}  // namespace assent
