// Portal: which devices are online, and until when.

#include <algorithm>

#include "service/app/portal.h"

namespace assent {
namespace {

using Step = PortalState::Step;

constexpr std::string_view kLeft = "user-request", kOtherDevice = "other-device",
                           kOtherGuest = "other-guest", kNotLetOn = "not-let-on";
constexpr std::size_t kStaysLooked = 100;  // of one guest, newest first

bool is_of(const GuestSessionRow& row, const PortalDevice& device) {
  return !row.ended && row.address == device.address && row.device == device.hardware;
}

void end_stay(GuestSessionRow row, Time at, std::string_view cause,
              std::vector<GuestSessionRow>& rows) {
  row.ended = row.seen = at;
  row.cause = cause;
  rows.push_back(std::move(row));
}

Job put_all(std::vector<GuestSessionRow> rows) {
  return [rows = std::move(rows)](Transaction& transaction,
                                  const JobContext&) -> Result<std::vector<Draft>> {
    for (const GuestSessionRow& row : rows) ASSENT_CHECK(transaction.put(row));
    return std::vector<Draft>{};
  };
}

}  // namespace

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
  out.may_choose = needs_.words && entry.kind->own_words;
  out.has_words = !entry.row.words.empty();
  return out;
}

// The device of this page is online, as the guest that the page was for.
bool Portal::is_here(const PortalState& state) const {
  const auto stays = needs_.sessions.of(state.guest, kStaysLooked);
  return stays && std::ranges::any_of(*stays, [&](const GuestSessionRow& stay) {
           return !stay.ended && stay.address == state.device.address;
         });
}

// The gateway lets the device on, or would have said so.
bool Portal::is_opening(const GuestSessionRow& stay) const {
  const PortalGateway* gateway = needs_.gateways.find(stay.nas);
  return gateway && gateway->is_opening(stay.device);
}

// No more than `most` of the guest's devices are online, `mine` among them: whoever came first
// gives way. Nor is somebody else any more whose device it was.
void Portal::make_room(const std::vector<GuestSessionRow>& known, const GuestSessionRow& mine,
                       unsigned most, std::vector<GuestSessionRow>& rows) const {
  unsigned others = 0;
  for (const GuestSessionRow& row : known) {  // newest first
    if (row.ended || row.id == mine.id) continue;
    if (++others < most) continue;
    if (row.nas == kPortalNas)
      end_stay(row, mine.seen, kOtherDevice, rows);
    else
      needs_.cut(row, std::string{kOtherDevice});
  }
  const auto before = needs_.online.at_address(mine.school, mine.address);
  if (before && before->guest != mine.guest && before->nas == mine.nas)
    end_stay(*before, mine.seen, kOtherGuest, rows);
}

// A page of the portal's that was opened by hand, such as from a slip.
bool Portal::is_past_gateway(const School& school, const PortalDevice& device) const {
  return device.gateway.empty() && needs_.gateways.is_behind_one(school, device.address);
}

void Portal::let_on(const School& school, const PortalState& state, const GuestEntry& entry,
                    const Then& then) {
  if (is_past_gateway(school, state.device)) return then({state, ThroughGateway{}});
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
  std::vector<GuestSessionRow> rows;
  make_room(*known, row, std::max(1u, entry.devices), rows);
  rows.push_back(row);
  PortalAnswer answer{state, online(entry)};
  answer.state.step = Step::Online;
  answer.state.guest = entry.row.guest.id;
  answer.state.expires = needs_.clock.now() + kOnlinePageLife;
  const auto done = [this, &school, answer, row, until = entry.until,
                     then](const Result<Written>& written) {
    if (!written) return then({answer.state, NotNow{}});
    open_way(school, answer, row, until, then);
  };
  if (const Status queued = needs_.writer.submit(put_all(std::move(rows)), done); !queued)
    then({state, NotNow{}});
}

// At the gateway, where the device stands behind one. Where that cannot be, they are not online.
void Portal::open_way(const School& school, PortalAnswer answer, const GuestSessionRow& stay,
                      Time until, const Then& then) {
  PortalGateway* gateway = needs_.gateways.find(stay.nas);
  if (!gateway) return then(answer);
  const PortalDevice device = answer.state.device;
  gateway->let_on(device, until, [=, this, &school](const Result<std::string>& way) mutable {
    if (way) {
      auto& view = std::get<NowOnline>(answer.view);
      view.go_to = *way;
      view.connecting = gateway->is_opening(stay.device);
      return then(answer);
    }
    if (needs_.warn)
      needs_.warn("the gateway " + stay.nas + " let nobody on: " + way.error().message);
    std::vector<GuestSessionRow> rows;
    end_stay(stay, needs_.clock.now(), kNotLetOn, rows);
    answer.view = NotNow{};
    if (way.error().code == Code::Denied) answer = begin(school, device, AskForCode::After::Wrong);
    const auto done = [answer, then](const Result<Written>&) { then(answer); };
    if (!needs_.writer.submit(put_all(std::move(rows)), done)) then(answer);
  });
}

void Portal::leave(const School& school, const PortalState& state, const Then& then) {
  const auto stay = needs_.online.at_address(school.key, state.device.address);
  if (!stay || stay->guest != state.guest) return then({state, LoggedOut{}});
  const auto known = needs_.sessions.of(state.guest, kStaysLooked);
  if (!known) return then({state, NotNow{}});
  std::vector<GuestSessionRow> ended;
  for (const GuestSessionRow& row : *known) {
    if (row.ended || row.address != state.device.address) continue;
    if (row.nas == kPortalNas)
      end_stay(row, needs_.clock.now(), kLeft, ended);
    else
      needs_.cut(row, std::string{kLeft});  // its access point or gateway has to be told
  }
  const auto done = [state, then](const Result<Written>& written) {
    if (!written) return then({state, NotNow{}});
    then({state, LoggedOut{}});
  };
  if (const Status queued = needs_.writer.submit(put_all(ended), done); !queued)
    then({state, NotNow{}});
}

}  // namespace assent
