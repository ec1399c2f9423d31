#include "service/app/guest_keeper.h"

#include <algorithm>

#include "service/app/guest_leave.h"
#include "service/app/guest_record.h"
#include "service/app/write_and_wait.h"
#include "service/domain/guest_steps.h"

namespace assent {
namespace {

constexpr seconds kEndsEvery{10};  // a clock can be set forward while the thread waits

// When something is due for the guest by itself; nothing once they are forgotten.
std::optional<Time> due_at(const Guest& guest, const GuestKind& kind) {
  if (guest.state == GuestState::Purged) return std::nullopt;
  if (guest.state == GuestState::Ended) return purge_due(guest, kind);
  return effective_end(guest, kind);
}

}  // namespace

Observer GuestKeeper::observer() {
  return [this](const std::vector<CommittedChange>& changes) {
    for (const CommittedChange& each : changes)
      if (const auto* row = std::get_if<GuestRow>(&each.change)) watch(*row);
  };
}

void GuestKeeper::watch(const GuestRow& row) {
  const School* school = needs_.registry.school(row.school);
  const GuestKind* kind = school ? school->guest_kind(row.guest.kind) : nullptr;
  const std::lock_guard lock(mutex_);
  if (const auto known = next_.find(row.guest.id); known != next_.end()) {
    order_.erase({known->second, known->first});
    next_.erase(known);
  }
  const auto at = kind ? due_at(row.guest, *kind) : std::nullopt;
  if (!at) return;
  next_.emplace(row.guest.id, *at);
  order_.emplace(*at, row.guest.id);
  changed_.notify_all();
}

Status GuestKeeper::start() {
  for (const School& school : needs_.registry.schools()) {
    GuestQuery all{school.key, {}, 0, "", GuestQuery::kAll};
    all.states = {GuestState::Requested, GuestState::Issued, GuestState::Suspended,
                  GuestState::Ended};
    ASSENT_TRY(const auto rows, needs_.guests.search(all));
    for (const GuestRow& row : rows) watch(row);
  }
  thread_ = std::thread([this] { run(); });
  return {};
}

void GuestKeeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void GuestKeeper::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const Time now = needs_.clock.now();
    if (!order_.empty() && order_.begin()->first <= now) {
      lock.unlock();
      const Status done = run_once(now);  // what failed is still due at the next look
      lock.lock();
      if (done && (order_.empty() || order_.begin()->first > now)) continue;
    }
    milliseconds wait{kEndsEvery};
    if (!order_.empty() && order_.begin()->first > now)
      wait = std::min(wait, milliseconds{order_.begin()->first - now});
    changed_.wait_for(lock, wait, [this] { return stopping_; });
  }
}

std::vector<GuestId> GuestKeeper::due(Time now) const {
  const std::lock_guard lock(mutex_);
  std::vector<GuestId> out;
  for (const auto& [at, guest] : order_) {
    if (at > now) break;
    out.push_back(guest);
  }
  return out;
}

Status GuestKeeper::run_once(Time now) {
  for (const GuestId& guest : due(now)) {
    const auto job = [this, guest](Transaction& transaction, const JobContext& context) {
      return settle(transaction, guest, context.now);
    };
    const auto written = write_and_wait(needs_.writer, job);
    // Conflict: somebody was first, or the clock has gone back.
    if (!written && written.error().code != Code::Conflict) return fail(written.error());
  }
  return {};
}

Result<std::vector<Draft>> GuestKeeper::settle(Transaction& transaction, const GuestId& guest,
                                               Time now) const {
  ASSENT_TRY(GuestRow row, needs_.guests.one(guest));
  const School* school = needs_.registry.school(row.school);
  const GuestKind* kind = school ? school->guest_kind(row.guest.kind) : nullptr;
  if (!kind) return fail(Code::Conflict, "the kind has gone");
  const bool ended = row.guest.state == GuestState::Ended;
  ASSENT_TRY(row.guest,
             ended ? purge_guest(row.guest, *kind, now) : expire_guest(row.guest, *kind, now));
  drop_secrets(row);
  if (ended) row.asked_address = row.asked_device = "";
  ASSENT_CHECK(transaction.put(row));
  ASSENT_CHECK(put_left(transaction, needs_.people, needs_.registry, *school, row, now));
  if (ended) ASSENT_CHECK(forget_stays(transaction, guest));
  Object fields = guest_fields(*school, row, *kind);
  if (!ended) fields.emplace_back("what", "expired");
  return std::vector{guest_draft(ended ? "guest.forget" : "guest.end", row, std::move(fields), now,
                                 needs_.random)};
}

Status GuestKeeper::forget_stays(Transaction& transaction, const GuestId& guest) const {
  ASSENT_TRY(auto stays, needs_.sessions.of(guest, GuestQuery::kAll));
  for (GuestSessionRow& stay : stays) {
    stay.device.clear();
    stay.address.clear();
    stay.nas_session.clear();
    ASSENT_CHECK(transaction.put(stay));
  }
  return {};
}

}  // namespace assent
