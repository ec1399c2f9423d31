#include "service/domain/try_limit.h"

#include <algorithm>

namespace assent {
namespace {

// A passphrase has 50 bits, so none of these is what keeps it: they bound noise and load. What a
// whole class may do to one account in the window lies far above what its guest needs.
constexpr unsigned kPair = 5, kDevice = 20, kAccount = 100, kGateway = 1000;

// Requests that people have to look at.
constexpr unsigned kChoices = 10;

constexpr unsigned kAskDevice = 3, kAskHost = 10, kAskGateway = 30;

}  // namespace

std::vector<TryTarget> guess_targets(const std::string& account, const std::string& device,
                                     const std::string& gateway) {
  std::vector<TryTarget> out;
  if (!account.empty() && !device.empty()) out.push_back({"pair " + account + " " + device, kPair});
  if (!device.empty()) out.push_back({"device " + device, kDevice});
  if (!account.empty()) out.push_back({"account " + account, kAccount});
  if (!gateway.empty()) out.push_back({"gateway " + gateway, kGateway});
  return out;
}

std::vector<TryTarget> ask_targets(const std::string& device, const std::string& host,
                                   const std::string& gateway) {
  return {{"ask device " + device, kAskDevice},
          {"ask host " + host, kAskHost},
          {"ask gateway " + gateway, kAskGateway}};
}

std::vector<TryTarget> choice_targets(const std::string& device) {
  return {{"words device " + device, kChoices}};
}

bool TryLimiter::is_free(const std::vector<TryTarget>& targets, Time now) const {
  return std::ranges::all_of(targets, [&](const TryTarget& target) {
    const auto found = tries_.find(target.what);
    const bool counts = found != tries_.end() && now < found->second.first + kWindow;
    const auto more = under_way_.find(target.what);
    return (counts ? found->second.count : 0) + (more == under_way_.end() ? 0 : more->second) <
           target.most;
  });
}

bool TryLimiter::may_try(const std::vector<TryTarget>& targets, Time now) const {
  const std::lock_guard lock(mutex_);
  return is_free(targets, now);
}

bool TryLimiter::begin(const std::vector<TryTarget>& targets, Time now) {
  const std::lock_guard lock(mutex_);
  if (!is_free(targets, now)) return false;
  for (const TryTarget& target : targets) ++under_way_[target.what];
  return true;
}

void TryLimiter::end(const std::vector<TryTarget>& targets) {
  const std::lock_guard lock(mutex_);
  for (const TryTarget& target : targets)
    if (const auto found = under_way_.find(target.what);
        found != under_way_.end() && --found->second == 0)
      under_way_.erase(found);
}

void TryLimiter::failed(const std::vector<TryTarget>& targets, Time now) {
  const std::lock_guard lock(mutex_);
  for (const TryTarget& target : targets) {
    Tries& tries = tries_[target.what];
    if (tries.count == 0 || now >= tries.first + kWindow) {
      by_age_.erase({tries.first, target.what});
      tries = {0, now};
      by_age_.emplace(now, target.what);
    }
    ++tries.count;
  }
  while (tries_.size() > kTargetsMax) {
    tries_.erase(by_age_.begin()->second);
    by_age_.erase(by_age_.begin());
  }
}

void TryLimiter::succeeded(const std::vector<TryTarget>& targets) {
  if (targets.empty()) return;
  const std::lock_guard lock(mutex_);
  const auto found = tries_.find(targets.front().what);
  if (found == tries_.end()) return;
  by_age_.erase({found->second.first, found->first});
  tries_.erase(found);
}

}  // namespace assent
