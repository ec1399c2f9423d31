// Portal: which devices are online, and until when.

#include <algorithm>

#include "service/app/portal.h"

namespace assent {
namespace {

using Step = PortalState::Step;

constexpr std::string_view kLeft = "user-request";
constexpr std::size_t kStaysLooked = 100;  // of one guest, newest first

bool is_of(const GuestSessionRow& row, const PortalDevice& device) {
  return !row.ended && row.address == device.address && row.device == device.hardware;
}

// The guest's stays as they are to be: this device's, and of others so many that no more than
// `most` are online; whoever came first gives way.
std::vector<GuestSessionRow> stays_after(const std::vector<GuestSessionRow>& before,
                                         const GuestSessionRow& mine, const PortalDevice& device,
                                         unsigned most) {
  std::vector<GuestSessionRow> out;
  unsigned others = 0;
  for (GuestSessionRow row : before) {  // newest first
    if (row.ended || is_of(row, device)) continue;
    if (++others < most) continue;
    row.ended = mine.seen;
    row.cause = "other-device";
    out.push_back(row);
  }
  out.push_back(mine);
  return out;
}

Job put_all(std::vector<GuestSessionRow> rows) {
  return [rows = std::move(rows)](Transaction& transaction,
                                  const JobContext&) -> Result<std::vector<Draft>> {
    for (const GuestSessionRow& row : rows) ASSENT_CHECK(transaction.put(row));
    return std::vector<Draft>{};
  };
}

}  // namespace

Status Portal::remember() {
  for (const School& school : needs_.registry.schools()) {
    ASSENT_TRY(const auto open, needs_.sessions.open(school.key));
    note(open);
  }
  return {};
}

NowOnline Portal::online(const GuestEntry& entry) const {
  NowOnline out;
  out.until = entry.until;
  if (const auto host = needs_.people.person(entry.row.guest.host)) out.host = host->name;
  const auto& allows = entry.school->filter.allows;
  if (const auto found = allows.find(entry.level); found != allows.end())
    out.allowed = found->second;
  if (const auto facts = needs_.standings.find(entry.row.school, entry.row.guest.account))
    for (const Standing& standing : facts->standings)
      if (standing.version != 0 && standing.entry >= out.receipt.value_or(0))
        out.receipt = standing.entry;
  const Guest& guest = entry.row.guest;
  const Time end = effective_end(guest, *entry.kind);
  // More time is none while it is the hours of the kind that end the session.
  if (needs_.asks && entry.until >= end) out.longer_left = longer_left(guest, *entry.kind);
  if (guest.longer > milliseconds{0}) out.longer_until = end + guest.longer;
  out.longer_refused = guest.longer_refused;
  return out;
}

void Portal::let_on(const School& school, const PortalState& state, const GuestEntry& entry,
                    const Then& then) {
  const auto known = needs_.sessions.of(entry.row.guest.id, kStaysLooked);
  if (!known) return then({state, NotNow{}});
  const auto mine = std::ranges::find_if(
      *known, [&](const GuestSessionRow& row) { return is_of(row, state.device); });
  GuestSessionRow row;
  row.started = needs_.clock.now();
  row.id.bytes = needs_.random.bytes<16>();
  if (mine != known->end()) row = *mine;
  row.seen = needs_.clock.now();
  row.guest = entry.row.guest.id;
  row.school = school.key;
  row.address = state.device.address;
  row.device = state.device.hardware;
  row.nas = state.device.gateway.empty() ? std::string{kPortalNas} : state.device.gateway;
  const auto rows = stays_after(*known, row, state.device, std::max(1u, entry.devices));
  PortalAnswer answer{state, online(entry)};
  answer.state.step = Step::Online;
  answer.state.guest = entry.row.guest.id;
  answer.state.expires = needs_.clock.now() + kOnlinePageLife;
  const auto done = [this, rows, answer, then](const Result<Written>& written) {
    if (!written) return then({answer.state, NotNow{}});
    note(rows);
    then(answer);
  };
  if (const Status queued = needs_.writer.submit(put_all(rows), done); !queued)
    then({state, NotNow{}});
}

void Portal::leave(const School& school, const PortalState& state, const Then& then) {
  const auto stay = stay_at(school, state.device.address);
  if (!stay || stay->guest != state.guest) return then({state, LoggedOut{}});
  const auto known = needs_.sessions.of(state.guest, kStaysLooked);
  if (!known) return then({state, NotNow{}});
  std::vector<GuestSessionRow> ended;
  for (GuestSessionRow row : *known) {
    if (row.ended || row.address != state.device.address) continue;
    if (row.id != stay->session) {  // an access point's, which has to be told
      if (needs_.cut) needs_.cut(row, std::string{kLeft});
      continue;
    }
    row.ended = row.seen = needs_.clock.now();
    row.cause = kLeft;
    ended.push_back(row);
  }
  const auto done = [this, ended, state, then](const Result<Written>& written) {
    if (!written) return then({state, NotNow{}});
    note(ended);
    then({state, LoggedOut{}});
  };
  if (const Status queued = needs_.writer.submit(put_all(ended), done); !queued)
    then({state, NotNow{}});
}

void Portal::note(const std::vector<GuestSessionRow>& rows) {
  const std::lock_guard lock(mutex_);
  for (const GuestSessionRow& row : rows) {
    if (row.address.empty()) continue;
    const Place place{row.school, row.address};
    const auto found = stays_.find(place);
    if (!row.ended)
      stays_[place] = {row.id, row.guest};
    else if (found != stays_.end() && found->second.session == row.id)
      stays_.erase(found);
  }
}

}  // namespace assent
