#include "service/app/guest_asks.h"

#include <algorithm>

#include "core/unicode/unicode.h"
#include "service/app/guest_host.h"
#include "service/app/guest_record.h"
#include "service/app/then_give.h"
#include "service/domain/credential.h"
#include "service/domain/guest_steps.h"

namespace assent {
namespace {

constexpr int kDraws = 100;

// What the limits count: the device, the host in any spelling, and what the device stands behind.
std::vector<TryTarget> targets_of(const School& school, const PortalDevice& device,
                                  const GuestAsk& asked) {
  const std::string place = school.name.value + " ";
  const auto host = fold_for_search(asked.visits);
  return ask_targets(place + device_name(device), place + (host ? *host : asked.visits),
                     place + device.gateway);
}

// Nothing for a request that ended otherwise.
std::optional<AskedFor> asked_for(const GuestRow& row) {
  const Guest& guest = row.guest;
  AskedFor out;
  out.guest = guest.id;
  out.device = {row.asked_address, row.asked_device, "", ""};
  out.visits = guest.visits;
  out.until = *guest.answer_by;
  const bool rejected = guest.state == GuestState::Ended && guest.ending == GuestEnding::Rejected;
  if (rejected)
    out.state = AskedFor::State::Refused;
  else if (guest.state == GuestState::Issued || guest.state == GuestState::Suspended)
    out.state = AskedFor::State::LetIn;
  else if (guest.state != GuestState::Requested)
    return std::nullopt;
  return out;
}

}  // namespace

std::vector<const GuestKind*> GuestAsks::kinds(const School& school) {
  std::vector<const GuestKind*> out;
  for (const GuestKind& kind : school.guests)
    if (std::ranges::find(kind.request, kSelf) != kind.request.end()) out.push_back(&kind);
  return out;
}

Status GuestAsks::remember() {
  for (const School& school : needs_.registry.schools()) {
    if (kinds(school).empty()) continue;
    ASSENT_TRY(const auto rows, needs_.guests.search({school.key, {}, 0, "", GuestQuery::kAll}));
    for (const GuestRow& row : rows) note(row);
  }
  return {};
}

Observer GuestAsks::observer() {
  return [this](const std::vector<CommittedChange>& changes) {
    for (const CommittedChange& each : changes)
      if (const auto* row = std::get_if<GuestRow>(&each.change)) note(*row);
  };
}

void GuestAsks::note(const GuestRow& row) {
  const Time now = needs_.clock.now();
  if (row.asked_address.empty() || !row.guest.answer_by || *row.guest.answer_by <= now) return;
  auto asked = asked_for(row);
  const std::lock_guard lock(mutex_);
  std::erase_if(held_, [&](const auto& each) { return each.second.until <= now; });
  const Place place{row.school, row.asked_address};
  const auto known = held_.find(place);
  const bool is_same = known != held_.end() && known->second.guest == row.guest.id;
  if (known != held_.end() && !is_same && known->second.until > *row.guest.answer_by)
    return;  // asked again since
  if (asked && is_same) asked->device = known->second.device;
  if (asked)
    held_[place] = *std::move(asked);
  else if (is_same)
    held_.erase(known);
}

// In memory alone: what a gateway calls a device does not outlive either of them for long.
void GuestAsks::note_gateway(const School& school, const PortalDevice& device) {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find({school.key, device.address});
  if (found != held_.end()) found->second.device = device;
}

std::optional<AskedFor> GuestAsks::of(const School& school, const PortalDevice& device) const {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find({school.key, device.address});
  if (found == held_.end() || needs_.clock.now() >= found->second.until) return std::nullopt;
  const std::string& hardware = found->second.device.hardware;
  if (!hardware.empty() && !device.hardware.empty() && hardware != device.hardware)
    return std::nullopt;  // another one that has its address now
  return found->second;
}

std::vector<AskedFor> GuestAsks::waiting(SchoolKey school) const {
  const Time now = needs_.clock.now();
  const std::lock_guard lock(mutex_);
  std::vector<AskedFor> out;
  for (const auto& [place, held] : held_)
    if (place.first == school && held.state == AskedFor::State::Waiting && now < held.until)
      out.push_back(held);
  return out;
}

// Whose code nobody has who waits: people compare it.
GuestId GuestAsks::fresh_id(SchoolKey school) const {
  const auto others = waiting(school);
  GuestId out;
  for (int i = 0; i < kDraws; ++i) {
    out.bytes = needs_.random.bytes<16>();
    const std::string code = match_code(out.bytes);
    if (std::ranges::none_of(
            others, [&](const AskedFor& other) { return match_code(other.guest.bytes) == code; }))
      break;
  }
  return out;
}

Result<GuestRow> GuestAsks::to_request(const School& school, const PortalDevice& device,
                                       const GuestAsk& asked, PersonKey host, Time now) const {
  const GuestKind* kind = school.guest_kind(asked.kind);
  if (!kind) return fail(Code::Invalid, "there is no such kind of guest");
  GuestWish wish;
  wish.name = asked.name;
  wish.reason = asked.reason;
  wish.host = host;
  wish.visits = asked.visits;
  const GuestActor self{0, {std::string(kSelf)}};
  GuestRow row;
  ASSENT_TRY(row.guest, request_guest(fresh_id(school.key), *kind, wish, self, now));
  row.school = school.key;
  row.asked_address = device.address;
  row.asked_device = device.hardware;
  return row;
}

void GuestAsks::ask(const School& school, const PortalDevice& device, const GuestAsk& asked,
                    const Then<AskedFor>& then) {
  const auto known = of(school, device);
  if (known && known->state == AskedFor::State::Waiting) return then(*known);
  const Time now = needs_.clock.now();
  if (const auto would = to_request(school, device, asked, 0, now); !would)
    return then(fail(would.error()));
  const auto targets = targets_of(school, device, asked);
  if (!needs_.tries.may_try(targets, now))
    return then(fail(Code::Conflict, "too many have asked from there, or for that host"));
  needs_.tries.failed(targets, now);
  auto made = std::make_shared<AskedFor>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    const auto waits = of(school, device);
    if (waits && waits->state == AskedFor::State::Waiting)
      return fail(Code::Conflict, "it waits already");
    if (waiting(school.key).size() >= kWaitingMax)
      return fail(Code::Conflict, "too many wait for an answer");
    // Looked up here, where it takes the visitor no time that tells whether there is such a host.
    const PersonKey host =
        find_host(needs_.people, needs_.registry, school, asked.visits, context.now);
    ASSENT_TRY(const GuestRow row, to_request(school, device, asked, host, context.now));
    ASSENT_CHECK(transaction.put(row));
    *made = *asked_for(row);
    const GuestKind* kind = school.guest_kind(asked.kind);
    return std::vector{guest_draft("guest.request", row, guest_fields(school, row, *kind),
                                   context.now, needs_.random)};
  };
  const auto done = [this, &school, device, then](const Result<AskedFor>& written) {
    if (written) note_gateway(school, device);
    then(written);
  };
  const Status queued =
      needs_.writer.submit_alone(job, then_give<AskedFor>(Then<AskedFor>(done), made));
  if (!queued) then(fail(queued.error()));
}

void GuestAsks::ask_longer(const School& school, const GuestId& guest, milliseconds by_how_much,
                           const Then<GuestRow>& then) {
  auto made = std::make_shared<GuestRow>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(*made, needs_.guests.one(guest));
    const GuestKind* kind = school.guest_kind(made->guest.kind);
    if (!kind || made->school != school.key) return fail(Code::Denied, "no guest of this school");
    ASSENT_TRY(made->guest, assent::ask_longer(made->guest, *kind, by_how_much, context.now));
    ASSENT_CHECK(transaction.put(*made));
    Object fields = guest_fields(school, *made, *kind);
    fields.emplace_back("what", "ask");
    return std::vector{
        guest_draft("guest.longer", *made, std::move(fields), context.now, needs_.random)};
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<GuestRow>(then, made));
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
