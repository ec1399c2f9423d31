#include "service/domain/guest_steps.h"

#include <algorithm>
#include <initializer_list>

#include "core/base/text.h"

namespace assent {
namespace {

using Roles = std::vector<std::string>;

bool has_role(const GuestActor& by, const Roles& roles) {
  return std::ranges::any_of(by.roles, [&](const std::string& role) {
    if ((role == kSelf) != (by.person == 0)) return false;
    return std::ranges::find(roles, role) != roles.end();
  });
}
bool has_role_in(const GuestActor& by, std::initializer_list<const Roles*> lists) {
  return std::ranges::any_of(lists, [&](const Roles* roles) { return has_role(by, *roles); });
}

// "ict or reception"
std::string any_of(const Roles& roles) {
  std::string out;
  for (const std::string& role : roles) out += (out.empty() ? "" : " or ") + role;
  return out;
}

bool is_host(const Guest& guest, const GuestActor& by) {
  return by.person != 0 && by.person == guest.host;
}
bool may_give(const Guest& guest, const GuestKind& kind, const GuestActor& by) {
  return is_host(guest, by) || has_role_in(by, {&kind.issue, &kind.sponsor});
}
bool may_take(const Guest& guest, const GuestKind& kind, const GuestActor& by) {
  return by.person != 0 && (may_give(guest, kind, by) || has_role(by, kind.request));
}

std::string one_of(const GuestKind& kind) {
  return "a guest of kind " + kind.name;
}

// What a guest is, for "This guest … already."
std::string_view words(GuestWhy why) {
  switch (why) {
    case GuestWhy::Online: return "has an account";
    case GuestWhy::Requested: return "was asked for and has no account yet";
    case GuestWhy::NotYet: return "has an account that begins later";
    case GuestWhy::Closed: return "has an account, outside its hours";
    case GuestWhy::Suspended: return "is suspended";
    case GuestWhy::Expired: return "has come to the end";
    case GuestWhy::Rejected: return "was refused";
    case GuestWhy::Revoked: return "was revoked";
    case GuestWhy::GivenBack: return "has gone";
    case GuestWhy::Purged: break;
  }
  return "was forgotten long ago";
}

// Conflict unless the guest is in one of `states` and its end has not come.
Status check_state(const Guest& guest, const GuestKind& kind, Time now,
                   std::initializer_list<GuestState> states) {
  if (guest.kind != kind.name)
    return fail(Code::Invalid, "This guest is not of kind " + kind.name + ".");
  const bool in_state = std::ranges::find(states, guest.state) != states.end();
  if (in_state && now < effective_end(guest, kind)) return {};
  const GuestStanding standing = standing_at(guest, kind, now, std::nullopt);
  return fail(Code::Conflict, "This guest " + std::string(words(standing.why)) + ".");
}

Status check_wish(const GuestWish& wish, const GuestActor& by) {
  if (wish.name.empty() || !check_line(wish.name, GuestLimits::kName))
    return fail(Code::Invalid, "Who is it? Give a name of at most 128 bytes, on one line.");
  if (wish.reason.empty() || !check_line(wish.reason, GuestLimits::kReason))
    return fail(Code::Invalid, "Why are they here? Give a reason of at most 200 bytes.");
  const bool by_self = by.person == 0;
  if (by_self && (wish.visits.empty() || !check_line(wish.visits, GuestLimits::kName)))
    return fail(Code::Invalid, "Whom do they visit? Give a name of at most 128 bytes.");
  if (wish.host <= 0 && !by_self)
    return fail(Code::Invalid, "Who is the host? Somebody at the school answers for each guest.");
  return {};
}

// `start` is when it would begin.
Status check_times(const GuestKind& kind, const GuestWish& wish, Time start, Time now) {
  if (wish.from && kind.counts_from != GuestStart::Window)
    return fail(Code::Invalid, "A guest of kind " + kind.name + " begins at once: name no start.");
  if (start < now) return fail(Code::Invalid, "The start is in the past.");
  if (start > now + kBookAhead)
    return fail(Code::Denied, "The start may be at most 90 days ahead.");
  if (wish.stay < milliseconds{0}) return fail(Code::Invalid, "The stay must be a time.");
  const milliseconds longest{kind.longest_stay};
  if (wish.stay > longest || (wish.until && *wish.until > start + kind.use_within + longest))
    return fail(Code::Denied, "A guest of kind " + kind.name + " stays at most " +
                                  span_words(longest) + ": ask for less, or for another kind.");
  if (wish.until && *wish.until <= start)
    return fail(Code::Invalid, "The end is before the start, or has passed.");
  return {};
}

// What issuing and lending have in common.
Result<Guest> give_account(Guest guest, const GuestKind& kind, const GuestActor& by,
                           const std::string& account, std::size_t live_of_host, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Requested}));
  if (guest.needs_approval && guest.approved_by == 0)
    return fail(Code::Denied, "This guest waits for approval by " + any_of(kind.sponsor) + ".");
  const bool sponsor = by.person != 0 && by.person == guest.approved_by;
  if (by.person == 0 || !(sponsor || has_role(by, kind.issue)))
    return fail(Code::Denied, "Only " + any_of(kind.issue) + " may issue " + one_of(kind) +
                                  ". Your request is kept for them.");
  if (live_of_host >= kind.live_per_host)
    return fail(Code::Denied, "The host has " + std::to_string(live_of_host) +
                                  " guests already: end one first, or name another host.");
  if (account.empty()) return fail(Code::Invalid, "An account needs a login.");
  guest.valid_from = guest.from.value_or(now);
  guest.issued_by = by.person;
  guest.account = account;
  guest.state = GuestState::Issued;
  return guest;
}

Guest end_guest(Guest guest, GuestEnding ending, Time now, const GuestKind& kind) {
  guest.ended_at = std::min(now, effective_end(guest, kind));
  guest.ending = ending;
  guest.longer = milliseconds{0};
  guest.state = GuestState::Ended;
  return guest;
}

Failure not_yours(const GuestKind& kind) {
  return fail(Code::Denied,
              "Only the host, or " + any_of(kind.issue) + ", may do that for this guest.");
}

}  // namespace

Result<Guest> request_guest(const GuestId& id, const GuestKind& kind, const GuestWish& wish,
                            const GuestActor& by, Time now) {
  if (!has_role_in(by, {&kind.request, &kind.issue}))
    return fail(Code::Denied,
                "You may not ask for " + one_of(kind) + ": ask " + any_of(kind.issue) + ".");
  ASSENT_CHECK(check_wish(wish, by));
  ASSENT_CHECK(check_times(kind, wish, wish.from.value_or(now), now));
  Guest out;
  out.id = id;
  out.kind = kind.name;
  out.name = wish.name;
  out.reason = wish.reason;
  out.host = wish.host;
  out.requested_by = by.person;
  out.needs_approval = !kind.sponsor.empty() && !has_role(by, kind.issue);
  out.requested_at = now;
  if (by.person == 0) {
    out.visits = wish.visits;
    out.answer_by = now + kOwnRequestStands;
  }
  out.from = wish.from;
  out.until = wish.until;
  out.stay = wish.stay == milliseconds{0} ? milliseconds{kind.longest_stay} : wish.stay;
  out.devices = wish.devices;
  return out;
}

Result<Guest> approve_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Requested}));
  if (guest.approved_by != 0) return fail(Code::Conflict, "This guest is approved already.");
  if (!guest.needs_approval) return fail(Code::Conflict, "This guest needs no approval.");
  if (!has_role(by, kind.sponsor))
    return fail(Code::Denied, "Only " + any_of(kind.sponsor) + " may approve this guest.");
  if (by.person == guest.requested_by)
    return fail(Code::Denied, "You asked for this guest: somebody else has to approve.");
  guest.approved_by = by.person;
  if (guest.host == 0) guest.host = by.person;
  return guest;
}

Result<Guest> reject_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Requested}));
  const bool own = by.person != 0 && by.person == guest.requested_by;
  if (!own && !may_give(guest, kind, by)) return not_yours(kind);
  return end_guest(std::move(guest), GuestEnding::Rejected, now, kind);
}

Result<Guest> issue_guest(Guest guest, const GuestKind& kind, const GuestActor& by,
                          const std::string& account, std::size_t live_of_host, Time now) {
  if (kind.is_pool())
    return fail(Code::Invalid, "Accounts of kind " + kind.name + " are lent from a pool.");
  return give_account(std::move(guest), kind, by, account, live_of_host, now);
}

Result<Guest> lend_guest(Guest guest, const GuestKind& kind, const GuestActor& by,
                         const std::string& account, const Guest* last, std::size_t live_of_host,
                         Time now) {
  if (std::ranges::find(kind.pool, account) == kind.pool.end())
    return fail(Code::NotFound, account + " is no account of the pool " + kind.name + ".");
  if (last && is_live(*last, kind, now))
    return fail(Code::Conflict, account + " is lent to " + last->name + ": take another.");
  return give_account(std::move(guest), kind, by, account, live_of_host, now);
}

Result<Guest> log_in_guest(Guest guest, const GuestKind& kind, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Issued}));
  if (now < guest.valid_from) return fail(Code::Denied, "This account begins later.");
  if (!guest.first_login) guest.first_login = now;
  return guest;
}

Result<Guest> extend_guest(Guest guest, const GuestKind& kind, const GuestActor& by,
                           milliseconds by_how_much, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Issued}));
  if (!may_give(guest, kind, by)) return not_yours(kind);
  if (by_how_much <= milliseconds{0}) return fail(Code::Invalid, "How much longer?");
  if (guest.extensions >= kind.extensions)
    return fail(Code::Denied, "A guest of kind " + kind.name + " can be extended " +
                                  std::to_string(kind.extensions) +
                                  " times and no more: issue a new one.");
  if (by_how_much > kind.longest_extension - guest.extended)
    return fail(Code::Denied, "A guest of kind " + kind.name + " can be extended by " +
                                  span_words(kind.longest_extension) + " in all.");
  guest.extended += by_how_much;
  ++guest.extensions;
  guest.longer = milliseconds{0};
  guest.longer_refused = false;
  return guest;
}

Result<Guest> ask_longer(Guest guest, const GuestKind& kind, milliseconds by_how_much, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Issued}));
  if (by_how_much <= milliseconds{0} || by_how_much > longer_left(guest, kind))
    return fail(Code::Denied, "This guest cannot ask for so much more time, or has asked already.");
  guest.longer = by_how_much;
  return guest;
}

Result<Guest> refuse_longer(Guest guest, const GuestKind& kind, const GuestActor& by, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Issued, GuestState::Suspended}));
  if (!may_give(guest, kind, by)) return not_yours(kind);
  if (guest.longer == milliseconds{0})
    return fail(Code::Conflict, "This guest has not asked for more time, or was answered.");
  guest.longer = milliseconds{0};
  guest.longer_refused = true;
  return guest;
}

Result<Guest> suspend_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Issued}));
  if (!may_take(guest, kind, by)) return not_yours(kind);
  guest.state = GuestState::Suspended;
  return guest;
}

Result<Guest> resume_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Suspended}));
  if (!has_role_in(by, {&kind.issue, &kind.sponsor})) return not_yours(kind);
  guest.state = GuestState::Issued;
  return guest;
}

Result<Guest> revoke_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Issued, GuestState::Suspended}));
  if (!may_take(guest, kind, by)) return not_yours(kind);
  return end_guest(std::move(guest), GuestEnding::Revoked, now, kind);
}

Status may_renew(const Guest& guest, const GuestKind& kind, const GuestActor& by, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Issued}));
  const bool sponsor = by.person != 0 && by.person == guest.approved_by;
  if (sponsor || has_role(by, kind.issue)) return {};
  return fail(Code::Denied,
              "Only " + any_of(kind.issue) + " may give " + one_of(kind) + " a new passphrase.");
}

Result<Guest> give_back_guest(Guest guest, const GuestKind& kind, const GuestActor& by, Time now) {
  ASSENT_CHECK(check_state(guest, kind, now, {GuestState::Issued, GuestState::Suspended}));
  if (!may_take(guest, kind, by)) return not_yours(kind);
  return end_guest(std::move(guest), GuestEnding::GivenBack, now, kind);
}

Result<Guest> expire_guest(Guest guest, const GuestKind& kind, Time now) {
  const bool open = guest.state != GuestState::Ended && guest.state != GuestState::Purged;
  if (guest.kind != kind.name || !open || now < effective_end(guest, kind))
    return fail(Code::Conflict, "This guest has not come to the end, or was ended already.");
  return end_guest(std::move(guest), GuestEnding::None, now, kind);
}

Result<Guest> purge_guest(Guest guest, const GuestKind& kind, Time now) {
  if (guest.kind != kind.name || guest.state == GuestState::Purged || now < purge_due(guest, kind))
    return fail(Code::Conflict, "This guest is not to be forgotten yet, or was already.");
  guest.ended_at = effective_end(guest, kind);
  guest.state = GuestState::Purged;
  guest.name.clear();
  guest.reason.clear();
  guest.visits.clear();
  guest.host = guest.requested_by = guest.approved_by = 0;
  return guest;
}

}  // namespace assent
