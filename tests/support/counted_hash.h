#pragma once
// A password hash that costs nothing and counts: so that a test sees how often one was computed,
// and can hold one up.

#include <atomic>
#include <mutex>

#include "core/crypto/password_hash.h"

namespace assent::support {

class CountedHash final : public PasswordHash {
 public:
  Result<std::string> make(std::string_view words) override {
    const std::lock_guard wait(gate);
    return std::to_string(++made) + ":" + std::string{words};  // "1:" is the salt
  }
  bool matches(const std::string& kept, std::string_view words) override {
    ++compared;
    const std::lock_guard wait(gate);
    return kept.substr(kept.find(':') + 1) == words;
  }
  std::mutex gate;  // whoever has it holds hashes up
  std::atomic<int> made{0}, compared{0};
};

}  // namespace assent::support
