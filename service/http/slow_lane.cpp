#include "service/http/slow_lane.h"

namespace assent::http {

SlowLane::~SlowLane() {
  std::deque<std::function<void()>> dropped;  // goes after the mutex is free
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(waiting_);
  }
  changed_.notify_one();
  thread_.join();
}

bool SlowLane::add(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() == kWaitingMax) return false;
    waiting_.push_back(std::move(work));
  }
  changed_.notify_one();
  return true;
}

void SlowLane::run() {
  while (const auto work = next()) {
    try {
      work();
    } catch (...) {  // A bug, or no memory: the reply that `work` held says so when it goes
    }
  }
}

// What waits longest; nothing when it is over.
std::function<void()> SlowLane::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  if (stopping_) return nullptr;
  auto work = std::move(waiting_.front());
  waiting_.pop_front();
  return work;
}

}  // namespace assent::http
