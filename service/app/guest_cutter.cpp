#include "service/app/guest_cutter.h"

#include <algorithm>
#include <utility>

#include "service/app/level_retry.h"
#include "service/app/portal_state.h"

namespace assent {
namespace {

constexpr std::size_t kStaysLookedAt = 50;  // of one guest, the newest

// Whether the moment for another try has come. One that is further away than any wait was set by a
// clock that has been set back since.
bool has_come(Time moment, Time now) {
  return moment <= now || moment - now > kRetryAwayMax;
}

}  // namespace

void GuestCutter::stop() {
  {
    const std::lock_guard lock{bell_->mutex};
    bell_->stopping = true;
  }
  bell_->rung.notify_one();
  if (thread_.joinable()) thread_.join();
}

Observer GuestCutter::observer() const {
  return [bell = bell_](const std::vector<CommittedChange>& changes) {
    bool any = false;
    {
      const std::lock_guard lock{bell->mutex};
      for (const CommittedChange& change : changes)
        if (const auto* row = std::get_if<GuestRow>(&change.change)) {
          bell->changed.insert(row->guest.id);
          any = bell->waiting = true;
        }
    }
    if (any) bell->rung.notify_one();
  };
}

void GuestCutter::cut(const GuestSessionRow& stay, const std::string& cause) {
  {
    const std::lock_guard lock{bell_->mutex};
    if (bell_->asked.size() == kWaitingMax) return;  // its next report asks again
    bell_->asked.insert_or_assign(stay.id, std::pair(stay, cause));
    bell_->waiting = true;
  }
  bell_->rung.notify_one();
}

void GuestCutter::start() {
  thread_ = std::thread{[this] { run(); }};
}

void GuestCutter::run() {
  while (true) {
    round();
    const milliseconds most = wait_time();
    std::unique_lock lock{bell_->mutex};
    bell_->rung.wait_for(lock, most, [&] { return bell_->waiting || bell_->stopping; });
    if (bell_->stopping) return;
  }
}

void GuestCutter::round() {
  take_asked();
  if (const Time now = needs_.clock.now(); now >= next_look_ || now + kLookEvery < next_look_) {
    next_look_ = now + kLookEvery;
    look_at_all();
  }
  cut_waiting();
}

void GuestCutter::take_asked() {
  std::set<GuestId> changed;
  decltype(Bell::asked) asked;
  {
    const std::lock_guard lock{bell_->mutex};
    changed = std::exchange(bell_->changed, {});
    asked = std::exchange(bell_->asked, {});
    bell_->waiting = false;
  }
  for (const auto& [id, one] : asked) add(one.first, one.second);
  for (const GuestId& guest : changed) look_at(guest);
}

void GuestCutter::add(const GuestSessionRow& stay, const std::string& cause) {
  if (waiting_.size() < kWaitingMax) waiting_.try_emplace(stay.id, Waiting{stay, cause, 0, {}});
}

void GuestCutter::look_at(const GuestId& guest) {
  const auto entry = needs_.door.look(guest);
  if (entry) {
    until_[guest] = entry->until;
    return;
  }
  if (entry.error().code == Code::Unavailable) return;  // looked at again in time
  until_.erase(guest);
  const auto stays = needs_.sessions.of(guest, kStaysLookedAt);
  if (!stays) return;
  for (const GuestSessionRow& stay : *stays)
    if (!stay.ended || stay.cause == kLost) add(stay, entry.error().message);
}

bool GuestCutter::is_lost(const GuestSessionRow& stay, Time now) const {
  const auto* at = needs_.nases.find(stay.nas);  // none: nobody reports a portal's
  return at && now - stay.seen > kReportsMissed * at->nas.interim;
}

void GuestCutter::look_at_all() {
  const Time now = needs_.clock.now();
  std::map<GuestId, Time> known;
  for (const GuestSessionRow& stay : needs_.online.all()) {
    const bool is_ours =
        stay.nas == kPortalNas || needs_.nases.find(stay.nas) || needs_.gateways.find(stay.nas);
    if (!is_ours) continue;  // left to its own ways
    if (is_lost(stay, now)) {
      needs_.stays.end(stay, std::string(kLost), [](const Result<Written>&) {});
      continue;
    }
    if (const auto found = until_.find(stay.guest); found == until_.end() || found->second <= now)
      look_at(stay.guest);
    if (const auto found = until_.find(stay.guest); found != until_.end())
      known[stay.guest] = found->second;
  }
  until_ = std::move(known);
}

void GuestCutter::cut_waiting() {
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    {
      const std::lock_guard lock{bell_->mutex};
      if (bell_->stopping) return;
    }
    Waiting& waiting = at->second;
    if (has_come(waiting.not_before, needs_.clock.now())) try_cut(waiting);
    at = waiting.tries >= kTriesMax ? waiting_.erase(at) : std::next(at);
  }
}

// Sets `tries` to kTriesMax when there is nothing more to try.
void GuestCutter::try_cut(Waiting& waiting) {
  const std::string& nas = waiting.stay.nas;
  const Time now = needs_.clock.now();
  if (const auto found = silent_.find(nas);
      found != silent_.end() && !has_come(found->second, now)) {
    waiting.not_before = found->second;
    return;
  }
  const Result<bool> cut = cut_now(waiting, now);
  if (!cut && cut.error().code == Code::Unavailable) {
    silent_[nas] = waiting.not_before = now + retry_after(Moved::Unknown, waiting.tries++);
    return;
  }
  silent_.erase(nas);
  if (cut ? *cut : cut.error().code == Code::NotFound)
    needs_.stays.end(waiting.stay, waiting.cause, [](const Result<Written>&) {});
  waiting.tries = kTriesMax;
}

// As PortalGateway::cut, whatever the stay is at.
Result<bool> GuestCutter::cut_now(const Waiting& waiting, Time now) {
  const GuestSessionRow& stay = waiting.stay;
  if (stay.nas == kPortalNas) return true;
  if (auto* gateway = needs_.gateways.find(stay.nas)) return gateway->cut(stay, waiting.cause, now);
  const auto* at = needs_.nases.find(stay.nas);
  if (!at || at->nas.address.empty())
    return fail(Code::Denied, stay.nas + " takes no Disconnect-Request");
  ASSENT_CHECK(needs_.cutter.cut(at->nas, stay, now));
  return true;
}

milliseconds GuestCutter::wait_time() const {
  const Time now = needs_.clock.now();
  Time next = next_look_;
  for (const auto& [id, waiting] : waiting_) next = std::min(next, waiting.not_before);
  return std::clamp<milliseconds>(next - now, milliseconds{1}, kLookEvery);
}

}  // namespace assent
