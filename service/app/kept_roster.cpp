#include "service/app/kept_roster.h"

#include <algorithm>
#include <future>

namespace assent {
namespace {

constexpr std::string_view kFirstByHand =
    "nobody has been imported from this directory yet. Look with assentctl people import --from "
    "ldap --dry-run, and import them once by hand: from then on they are kept in step";

milliseconds wait_after(unsigned tries, milliseconds most) {
  constexpr unsigned kDoublings = 6;  // beyond every limit
  return std::min<milliseconds>(most, seconds{1} * (1 << std::min(tries, kDoublings)));
}

// Trying again helps: a server comes back, and a new password is read from its file.
bool may_pass(Code code) {
  return code == Code::Unavailable || code == Code::Denied || code == Code::Conflict;
}

bool changes_nobody(const ImportReport& found) {
  return found.joins + found.changes + found.leavers == 0;
}

}  // namespace

KeptRoster::KeptRoster(Needs needs) : needs_(std::move(needs)) {
  status_.every = needs_.every;
  mark_stale();
}

KeptRoster::~KeptRoster() {
  end_reading();
}

RosterStatus KeptRoster::status() const {
  const std::lock_guard lock{mutex_};
  return status_;
}

Time KeptRoster::step() {
  if (needs_.clock.now() >= next_listen_) listen();
  if (!needs_.every) return next_listen_;
  if (import_.empty() && asked_.exchange(false)) next_read_ = needs_.clock.now();
  if (!import_.empty() || needs_.clock.now() >= next_read_) read();
  return std::min(next_listen_, import_.empty() ? next_read_ : needs_.clock.now() + kLookEvery);
}

void KeptRoster::listen() {
  const auto heard = needs_.feed->changed();
  const Time now = needs_.clock.now();
  const bool helps = heard || heard.error().code != Code::Invalid,
             is_back = heard && deaf_tries_ > 0;
  deaf_tries_ = heard ? 0 : deaf_tries_ + 1;
  next_listen_ = now + (heard   ? milliseconds{kListenEvery}
                        : helps ? wait_after(deaf_tries_ - 1, kAwayMax)
                                : milliseconds{kDeafMax});
  if (heard && *heard) {
    changed_ = true;
    const Time from = is_back ? begun_ + kQuiet : quiet_until_;  // after an outage, however large
    next_read_ = std::min(next_read_, std::max(now, from));
    needs_.on_change();
  }
  const std::lock_guard lock{mutex_};
  status_.deaf = heard ? "" : heard.error().message;
  unheard_ = !heard && helps;
  mark_stale();
}

void KeptRoster::mark_stale() {
  stale_ = needs_.every && (unheard_ || !status_.error.empty() || !status_.last_read);
}

void KeptRoster::read() {
  if (import_.empty()) return begin();
  const auto progress = needs_.imports.progress(needs_.school, import_);
  if (!progress) return failed(progress.error().message, true);
  if (progress->ready) finish(progress->away);
}

void KeptRoster::begin() {
  begun_ = needs_.clock.now();
  changed_ = false;
  auto started = needs_.imports.start_unattended(needs_.school);
  if (!started) return failed(started.error().message, may_pass(started.error().code));
  import_ = *std::move(started);
  const std::lock_guard lock{mutex_};
  status_.reading = true;
}

void KeptRoster::end_reading() {
  if (!import_.empty()) needs_.imports.drop(needs_.school, std::exchange(import_, ""));
  const std::lock_guard lock{mutex_};
  status_.reading = false;
}

void KeptRoster::rest(Time now) {
  quiet_until_ = now + std::max<milliseconds>(kQuiet, kRestPerReading * (now - begun_));
}

void KeptRoster::failed(const std::string& why, bool passes) {
  end_reading();
  const Time now = needs_.clock.now();
  const milliseconds most = passes ? kAwayMax : kFaultMax;
  next_read_ = now + std::max(wait_after(failed_tries_++, most), now - begun_);
  if (!passes) rest(now);
  const std::lock_guard lock{mutex_};
  status_.error = why;
  mark_stale();
}

void KeptRoster::finish(bool away) {
  const auto found = needs_.imports.plan(needs_.school, import_);
  if (!found) return failed(found.error().message, may_pass(found.error().code));
  if (!found->errors.empty()) return failed(found->errors.front().what, away);
  const auto stopped = settle(*found);
  if (!stopped) return failed(stopped.error().message, may_pass(stopped.error().code));
  end_reading();
  failed_tries_ = 0;
  const Time now = needs_.clock.now();
  rest(now);
  next_read_ = std::max(quiet_until_, changed_ ? now : begun_ + *needs_.every);
  const std::lock_guard lock{mutex_};
  status_.last_read = begun_;
  if (stopped->empty() && !changes_nobody(*found)) status_.last_import = now;
  status_.error.clear();
  status_.stopped = *stopped;
  status_.found = *found;
  mark_stale();
}

// Why somebody must look at it first; empty when nobody must.
Result<std::string> KeptRoster::settle(const ImportReport& found) {
  if (changes_nobody(found)) return std::string();
  if (!found.stops.empty())
    return found.stops + ": nothing was changed. If that is right, accept " +
           std::to_string(found.leavers) + " leavers by hand";
  if (found.known == 0) return std::string(kFirstByHand);
  std::promise<Result<ImportReport>> applied;
  needs_.imports.apply(std::nullopt, needs_.school, import_, std::nullopt,
                       [&](Result<ImportReport> report) { applied.set_value(std::move(report)); });
  ASSENT_CHECK(applied.get_future().get());
  return std::string();
}

}  // namespace assent
