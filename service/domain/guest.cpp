#include "service/domain/guest.h"

#include <algorithm>
#include <array>

namespace assent {
namespace {

constexpr std::array<std::string_view, 5> kStates = {"requested", "issued", "suspended", "ended",
                                                     "purged"};
constexpr std::array<std::string_view, 4> kEndings = {"none", "rejected", "revoked", "given-back"};
constexpr std::array<std::string_view, 10> kWhy = {"online",     "requested", "not-yet",  "closed",
                                                   "suspended",  "expired",   "rejected", "revoked",
                                                   "given-back", "purged"};

bool was_issued(const Guest& guest) {
  return guest.issued_by != 0;
}

milliseconds extension_of(const Guest& guest, const GuestKind& kind) {
  return std::min(guest.extended, milliseconds{kind.longest_extension});
}

// By the length of the stay alone.
Time counted_end(const Guest& guest, const GuestKind& kind) {
  const milliseconds stay = std::min(guest.stay, milliseconds{kind.longest_stay});
  if (!was_issued(guest) && guest.answer_by) return *guest.answer_by;
  if (!was_issued(guest))
    return guest.from ? *guest.from + stay : guest.requested_at + kRequestStands;
  if (kind.counts_from != GuestStart::FirstLogin)
    return guest.valid_from + stay + extension_of(guest, kind);
  const Time unused = guest.valid_from + kind.use_within;
  if (!guest.first_login) return unused;
  return std::min(*guest.first_login, unused) + stay + extension_of(guest, kind);
}

// Of somebody who comes online now, which may be their first login.
Time end_from_now(Guest guest, const GuestKind& kind, Time now) {
  if (!guest.first_login) guest.first_login = now;
  return effective_end(guest, kind);
}

GuestWhy why_ended(GuestEnding ending) {
  switch (ending) {
    case GuestEnding::Rejected: return GuestWhy::Rejected;
    case GuestEnding::Revoked: return GuestWhy::Revoked;
    case GuestEnding::GivenBack: return GuestWhy::GivenBack;
    case GuestEnding::None: break;
  }
  return GuestWhy::Expired;
}

}  // namespace

std::string_view to_text(GuestState state) {
  return kStates[std::size_t(state)];
}
std::string_view to_text(GuestEnding ending) {
  return kEndings[std::size_t(ending)];
}
std::string_view to_text(GuestWhy why) {
  return kWhy[std::size_t(why)];
}

Time effective_end(const Guest& guest, const GuestKind& kind) {
  Time end = counted_end(guest, kind);
  if (guest.until) end = std::min(end, *guest.until + extension_of(guest, kind));
  if (guest.ended_at) end = std::min(end, *guest.ended_at);
  return end;
}

unsigned device_cap(const Guest& guest, const GuestKind& kind) {
  return guest.devices == 0 ? kind.devices : std::min(guest.devices, kind.devices);
}

milliseconds longer_left(const Guest& guest, const GuestKind& kind) {
  const bool may_ask = guest.longer == milliseconds{0} && !guest.longer_refused;
  if (!may_ask || guest.extensions >= kind.extensions) return milliseconds{0};
  return std::max(milliseconds{0}, kind.longest_extension - guest.extended);
}

Time purge_due(const Guest& guest, const GuestKind& kind) {
  return effective_end(guest, kind) + kind.retention;
}

bool is_live(const Guest& guest, const GuestKind& kind, Time now) {
  const bool has_account =
      guest.state == GuestState::Issued || guest.state == GuestState::Suspended;
  return has_account && now < effective_end(guest, kind);
}

GuestStanding standing_at(const Guest& guest, const GuestKind& kind, Time now,
                          const std::optional<OpenHours>& today) {
  if (guest.state == GuestState::Purged) return {GuestWhy::Purged, {}};
  if (guest.state == GuestState::Ended) return {why_ended(guest.ending), {}};
  const Time end = effective_end(guest, kind);
  if (now >= end) return {GuestWhy::Expired, {}};
  if (guest.state == GuestState::Requested) return {GuestWhy::Requested, {}};
  if (guest.state == GuestState::Suspended) return {GuestWhy::Suspended, {}};
  if (now < guest.valid_from) return {GuestWhy::NotYet, {}};
  if (kind.hours && (!today || now < today->from || now >= today->until))
    return {GuestWhy::Closed, {}};
  const Time session = end_from_now(guest, kind, now);
  return {GuestWhy::Online, kind.hours ? std::min(session, today->until) : session};
}

}  // namespace assent
