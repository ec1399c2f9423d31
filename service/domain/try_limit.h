#pragma once
// How often somebody may guess. Wrong tries are counted by whom they hit: first the account on one
// device, so that a class that types a visitor's name locks its own devices and not the visitor
// out; then the device, the gateway and, at a much higher count, the account.

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/base/time.h"

namespace assent {

// One thing that tries are counted for, and how many it bears.
struct TryTarget {
  std::string what;  // "pair visitor-1 02-00-…", "device 02-00-…"
  unsigned most = 5;
};
// The targets of one try; empty texts are left out.
std::vector<TryTarget> guess_targets(const std::string& account, const std::string& device,
                                     const std::string& gateway);

// The same of one who asks to be let in: each request counts, and against no guess.
std::vector<TryTarget> ask_targets(const std::string& device, const std::string& host,
                                   const std::string& gateway);

// The same of words that a guest chooses: each costs as much as a hash of them.
std::vector<TryTarget> choice_targets(const std::string& device);

// Any thread. Bounded: when full, what was first tried longest ago is forgotten first. A target is
// free again kWindow after its first wrong try.
class TryLimiter {
 public:
  static constexpr minutes kWindow{10};
  static constexpr std::size_t kTargetsMax = 100'000;

  // False while one of them has had its fill within the window, counting what is under way.
  bool may_try(const std::vector<TryTarget>& targets, Time now) const;
  // The same, and then it is under way until end(): so many at once are no more tries than so many
  // one after another, however long each takes.
  bool begin(const std::vector<TryTarget>& targets, Time now);
  void end(const std::vector<TryTarget>& targets);
  void failed(const std::vector<TryTarget>& targets, Time now);
  // The first target is forgiven: it was right now.
  void succeeded(const std::vector<TryTarget>& targets);

 private:
  struct Tries {
    unsigned count = 0;
    Time first{};
  };
  bool is_free(const std::vector<TryTarget>& targets, Time now) const;

  mutable std::mutex mutex_;  // guards what follows
  std::map<std::string, Tries> tries_;
  std::map<std::string, unsigned> under_way_;
  std::set<std::pair<Time, std::string>> by_age_;
};

}  // namespace assent
