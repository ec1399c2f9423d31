#include "service/app/level_keeper.h"

#include <algorithm>
#include <utility>

#include "service/app/level_retry.h"
#include "service/app/memory.h"

namespace assent {

void LevelKeeper::Bell::ring(bool stop) {
  {
    const std::lock_guard lock{mutex};
    waiting = true;
    stopping |= stop;
  }
  rung.notify_one();
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): its outputs are moved from, one by one
LevelKeeper::LevelKeeper(Needs needs, Outputs outputs)
    : needs_(needs), bell_(std::make_shared<Bell>()) {
  for (auto& [key, output] : outputs) {
    const School* school = needs_.registry.school(key);
    if (!output || !school || school->levels.empty()) continue;
    LevelOutput& given = *output;
    Reconciler reconciler{{*school, needs_.book, needs_.people, needs_.writer, given,
                           needs_.calendar, needs_.random}};
    OutputStatus status;
    status.id_source = given.id_source();
    kept_.emplace(
        key, Kept{std::move(output), std::move(reconciler), std::move(status), {}, {}, {}, {}, 0});
  }
}

LevelKeeper::~LevelKeeper() {
  bell_->ring(true);
  if (thread_.joinable()) thread_.join();
  for (const Asked& asked : asked_)
    asked.answer(fail(Code::Unavailable, "the service is stopping"));
}

void LevelKeeper::start() {
  thread_ = std::thread{[this] { run(); }};
}

void LevelKeeper::wake() {
  bell_->ring();
}

void LevelKeeper::changed_outside(SchoolKey school) {
  {
    const std::lock_guard lock{asked_mutex_};
    changed_outside_.insert(school);
  }
  bell_->ring();
}

Observer LevelKeeper::observer() const {
  return [bell = bell_](const std::vector<CommittedChange>& changes) {
    const bool ours = std::ranges::any_of(changes, [](const CommittedChange& change) {
      return std::holds_alternative<LevelRow>(change.change) ||
             std::holds_alternative<SweepRow>(change.change);
    });
    if (ours) bell->ring();
  };
}

bool LevelKeeper::stopping() const {
  const std::lock_guard lock{bell_->mutex};
  return bell_->stopping;
}

void LevelKeeper::run() {
  while (!stopping()) {
    if (round()) continue;
    if (std::exchange(read_much_, false)) give_back_memory();
    const milliseconds most = wait_time();
    std::unique_lock lock{bell_->mutex};
    bell_->rung.wait_for(lock, most, [&] { return bell_->waiting || bell_->stopping; });
    bell_->waiting = false;
  }
}

// One batch of everything, so that nothing waits for the whole of something else. But what a sweep
// decides is put out when it has come to its end: few large changes are much cheaper than many.
// What people did themselves never waits for that.
bool LevelKeeper::round() {
  const bool sweeping = sweep();
  bool more = sweeping;
  hear_of_changes();
  answer_one();
  for (auto& [school, kept] : kept_) {
    if (stopping()) return false;
    if (!sweeping || has_own(school, kept)) more |= pass(kept);
    check_in_time(kept);
    more |= go_on(kept);
  }
  const std::lock_guard lock{asked_mutex_};
  return more || !asked_.empty();
}

bool LevelKeeper::sweep() {
  const Time now = needs_.clock.now();
  if (now < sweep_not_before_) return false;
  const auto work = [&]() -> Result<bool> {
    if (!begun_) ASSENT_CHECK(needs_.sweeps.begin(now));
    begun_ = true;
    ASSENT_CHECK(needs_.sweeps.plan_renewals(now));
    return needs_.sweeps.step(now);
  };
  const auto more = work();
  if (more) {
    sweep_failures_ = 0;
    return *more;
  }
  sweep_not_before_ = now + retry_after(Moved::Unknown, sweep_failures_++);
  return false;
}

bool LevelKeeper::has_own(SchoolKey school, const Kept& kept) const {
  const auto first = needs_.book.pending(school, kept.status.id_source, needs_.clock.now(), 1);
  return first && !first->empty() && !first->front().state.swept;
}

void LevelKeeper::failed(Kept& kept, const Error& why) {
  kept.not_before = needs_.clock.now() + retry_after(Moved::Unknown, kept.failures++);
  const std::lock_guard lock{status_mutex_};
  kept.status.error = why.message;
}

bool LevelKeeper::pass(Kept& kept) {
  const Time now = needs_.clock.now();
  if (now < kept.not_before) return false;
  const auto done = kept.reconciler.run(now);
  if (!done || done->away) {
    failed(kept, done ? *done->away : done.error());
    return false;
  }
  if (done->people == 0) return false;
  read_much_ |= done->people >= Reconciler::kOwnMax;
  kept.failures = 0;
  const std::lock_guard lock{status_mutex_};
  kept.status.error.clear();
  if (done->done > 0) kept.status.last_pass = now;
  return true;
}

void LevelKeeper::hear_of_changes() {
  const std::lock_guard lock{asked_mutex_};
  for (const SchoolKey school : std::exchange(changed_outside_, {})) {
    const auto found = kept_.find(school);
    if (found == kept_.end()) continue;
    Kept& kept = found->second;
    kept.next_check = std::min(kept.next_check, kept.last_look + kForeignEvery);
  }
}

void LevelKeeper::check_in_time(Kept& kept) {
  const Time now = needs_.clock.now();
  if (now < kept.next_check || now < kept.not_before || kept.repair) return;
  if (const auto done = repair(kept); done && !done->away) kept.next_check = now + kDriftEvery;
}

Result<Repair> LevelKeeper::repair(Kept& kept) {
  kept.repair.reset();
  read_much_ = true;
  kept.last_look = needs_.clock.now();
  auto begun = kept.reconciler.begin_repair();
  if (!begun) {
    failed(kept, begun.error());
    return begun;
  }
  kept.failures = 0;
  {
    const std::lock_guard lock{status_mutex_};
    kept.status.last_check = needs_.clock.now();
  }
  if (begun->left() <= kRepairAtOnce)
    while (begun->left() > 0 && !begun->away) kept.reconciler.go_on(*begun);
  else
    kept.repair = *begun;
  tell(kept, *begun);
  if (begun->away) failed(kept, {Code::Unavailable, begun->error});
  return begun;
}

// One batch of a large repair; true: there is more.
bool LevelKeeper::go_on(Kept& kept) {
  if (!kept.repair) return false;
  kept.reconciler.go_on(*kept.repair);
  tell(kept, *kept.repair);
  if (kept.repair->away) {
    failed(kept, {Code::Unavailable, kept.repair->error});
    kept.next_check = kept.not_before;
  } else if (kept.repair->left() > 0) {
    return true;
  }
  kept.repair.reset();
  return false;
}

void LevelKeeper::tell(Kept& kept, const Repair& repair) {
  const std::lock_guard lock{status_mutex_};
  kept.status.astray = repair.found.astray.size();
  kept.status.strangers = repair.found.strangers;
  kept.status.repaired = repair.repaired;
  kept.status.failed = repair.failed;
  kept.status.left = repair.away ? 0 : repair.left();
  kept.status.error = repair.error;
}

void LevelKeeper::check(SchoolKey school, bool repair, std::function<void(Result<Repair>)> then) {
  ask(school, [this, repair, then = std::move(then)](Result<Kept*> kept) {
    if (!kept) return then(fail(std::move(kept).error()));
    if (repair) return then(this->repair(**kept));
    auto drift = (*kept)->reconciler.compare();
    if (!drift) return then(fail(std::move(drift).error()));
    Repair looked;
    looked.found = *std::move(drift);
    looked.next = looked.found.astray.size();  // nothing of it is to be put right
    then(std::move(looked));
  });
}

void LevelKeeper::read(SchoolKey school, std::function<void(Result<std::vector<HeldLevel>>)> then) {
  ask(school, [this, school, then = std::move(then)](Result<Kept*> kept) {
    if (!kept) return then(fail(std::move(kept).error()));
    std::vector<HeldLevel> held;
    const Status read =
        (*kept)->output->read(needs_.registry.school(school)->levels.levels,
                              [&](HeldLevel one) { held.push_back(std::move(one)); });
    if (!read) return then(fail(read.error()));
    then(std::move(held));
  });
}

void LevelKeeper::ask(SchoolKey school, std::function<void(Result<Kept*>)> answer) {
  if (!kept_.contains(school))
    return answer(
        fail(Code::NotFound, "this school's levels are put nowhere: no output is set up"));
  {
    const std::lock_guard lock{asked_mutex_};
    if (asked_.size() < kAskedMax) {
      asked_.push_back({school, std::move(answer)});
      answer = nullptr;
    }
  }
  if (answer) return answer(fail(Code::Unavailable, "too many checks are waiting; try again"));
  bell_->ring();
}

void LevelKeeper::answer_one() {
  Asked asked;
  {
    const std::lock_guard lock{asked_mutex_};
    if (asked_.empty()) return;
    asked = std::move(asked_.front());
    asked_.pop_front();
  }
  read_much_ = true;
  asked.answer(&kept_.at(asked.school));
}

std::optional<OutputStatus> LevelKeeper::status(SchoolKey school) const {
  const auto found = kept_.find(school);
  if (found == kept_.end()) return std::nullopt;
  const std::lock_guard lock{status_mutex_};
  return found->second.status;
}

milliseconds LevelKeeper::wait_time() {
  const Time now = needs_.clock.now();
  Time next = now + kLongestWait;
  if (const auto due = needs_.sweeps.next_due(); due && *due)
    next = std::min(next, std::max(**due, sweep_not_before_));
  for (const auto& [school, kept] : kept_) {
    next = std::min(next, std::max(kept.next_check, kept.not_before));
    const auto waiting = needs_.book.waiting(school, "");
    if (waiting && waiting->next_try)
      next = std::min(next, std::max(*waiting->next_try, kept.not_before));
  }
  return std::max(next - now, milliseconds{1});
}

}  // namespace assent
