#pragma once
// What is made once and given to everybody who asks for the same. Inside service/web only.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace assent::web {

// By a key that says all that it was made from. At most `kMax`: when full it begins anew. Any
// thread.
template <class T, std::size_t kMax>
class MadeOnce {
 public:
  std::shared_ptr<const T> find(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto found = made_.find(key);
    return found == made_.end() ? nullptr : found->second;
  }
  void keep(std::string_view key, const std::shared_ptr<const T>& made) {
    const std::lock_guard lock(mutex_);
    if (made_.size() >= kMax) made_.clear();
    made_.emplace(key, made);
  }

 private:
  std::mutex mutex_;  // guards what follows
  std::map<std::string, std::shared_ptr<const T>, std::less<>> made_;
};

}  // namespace assent::web
