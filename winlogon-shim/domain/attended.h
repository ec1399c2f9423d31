#pragma once
// How many callers of each of Windows' sessions stand at the pipe, so that a crowd of one session
// can be sent away, and keeps nobody else waiting. Any thread.

#include <cstdint>
#include <map>
#include <mutex>

namespace assent::windows {

class Attended {
 public:
  // How many of this session there are now, this one included.
  unsigned begin(std::uint32_t session) {
    const std::lock_guard lock(mutex_);
    return ++counts_[session];
  }
  void end(std::uint32_t session) {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(session);
    if (found != counts_.end() && --found->second == 0) counts_.erase(found);
  }

 private:
  std::mutex mutex_;
  std::map<std::uint32_t, unsigned> counts_;
};

}  // namespace assent::windows
