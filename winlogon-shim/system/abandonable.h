#pragma once
// Work that may be left behind: WinHTTP's own time limits bound each of its steps, and nothing
// bounds their sum.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "core/base/result.h"

namespace assent::windows {

// How many pieces of work may be under way, those that were left behind included.
class Places {
 public:
  explicit Places(unsigned most) : left_(most) {}
  bool take();
  void give_back();

 private:
  std::mutex mutex_;
  unsigned left_;
};

// `work` on a thread of its own, and its result; Unavailable, with `late`, once the time is over:
// it goes on by itself then, so it must own all that it uses. Unavailable as well when no place is
// left.
template <class T>
Result<T> within(std::chrono::milliseconds time, const std::shared_ptr<Places>& places,
                 std::function<Result<T>()> work, const std::string& late) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable done;
    std::optional<Result<T>> result;
  };
  if (!places->take()) return fail(Code::Unavailable, "too much is under way already");
  const auto shared = std::make_shared<Shared>();
  const auto run = [shared, places, work = std::move(work)] {
    Result<T> result = fail(Code::Unavailable, "the work ended in an exception");
    try {
      result = work();
    } catch (...) {  // no memory, or a bug: the caller hears of it as of any other failure
    }
    places->give_back();
    const std::lock_guard lock(shared->mutex);
    shared->result.emplace(std::move(result));
    shared->done.notify_all();
  };
  // The thread cannot end before it is let go: winpthreads loses one that does both at once.
  std::unique_lock lock(shared->mutex);
  try {
    std::thread(run).detach();
  } catch (const std::system_error&) {
    places->give_back();
    return fail(Code::Unavailable, "no thread could be started");
  }
  if (!shared->done.wait_for(lock, time, [&] { return shared->result.has_value(); }))
    return fail(Code::Unavailable, late);
  return *std::move(shared->result);
}

}  // namespace assent::windows
