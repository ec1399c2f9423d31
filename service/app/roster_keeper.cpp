#include "service/app/roster_keeper.h"

#include <algorithm>

namespace assent {

RosterKeeper::RosterKeeper(Needs needs) : needs_(std::move(needs)) {
  for (const auto& [name, kept] : needs_.directories) {
    const assent::School* school = needs_.registry.school(name);
    if (!school) continue;
    const SchoolKey key = school->key;
    schools_.emplace(key, std::unique_ptr<School>(new School{
                              KeptRoster({key, needs_.imports, kept.feed(),
                                          kept.gives_roster ? kept.every : std::nullopt,
                                          [this, key] { needs_.on_change(key); }, needs_.clock}),
                              kept.gives_roster}));
  }
}

RosterKeeper::~RosterKeeper() {
  stop();
}

void RosterKeeper::start() {
  thread_ = std::thread{[this] { run(); }};
}

void RosterKeeper::stop() {
  ring(true);
  if (thread_.joinable()) thread_.join();
}

void RosterKeeper::ring(bool stop) {
  {
    const std::lock_guard lock{mutex_};
    asked_ = true;
    stopping_ |= stop;
  }
  rung_.notify_one();
}

void RosterKeeper::ask(SchoolKey school) {
  const auto found = schools_.find(school);
  if (found == schools_.end()) return;
  found->second->roster.ask();
  ring(false);
}

std::optional<RosterStatus> RosterKeeper::status(SchoolKey school) const {
  const auto found = schools_.find(school);
  if (found == schools_.end() || !found->second->gives_roster) return std::nullopt;
  return found->second->roster.status();
}

bool RosterKeeper::is_stale(SchoolKey school) const {
  const auto found = schools_.find(school);
  return found != schools_.end() && found->second->gives_roster && found->second->roster.is_stale();
}

bool RosterKeeper::stopping() {
  const std::lock_guard lock{mutex_};
  return stopping_;
}

void RosterKeeper::run() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    asked_ = false;
    lock.unlock();
    Time next = needs_.clock.now() + kLongestWait;
    for (const auto& [key, school] : schools_) {
      if (stopping()) return;
      next = std::min(next, school->roster.step());
    }
    const milliseconds wait = std::max(next - needs_.clock.now(), milliseconds{1});
    lock.lock();
    rung_.wait_for(lock, wait, [&] { return asked_ || stopping_; });
  }
}

}  // namespace assent
