#include "service/domain/role_grant.h"

#include <algorithm>

#include "core/base/text.h"

namespace assent {
namespace {

bool has(const RoleActor& by, std::string_view role) {
  return std::ranges::find(by.roles, role) != by.roles.end();
}
Failure not_yours(const std::string& role) {
  return fail(Code::Denied,
              "Only an admin, the head, or somebody who is " + role + " may do that.");
}

std::string_view words(const RoleGrant& grant, Time now) {
  switch (grant.state) {
    case RoleGrantState::Granted: return is_held(grant, now) ? "is granted already" : "is over";
    case RoleGrantState::Rejected: return "was refused";
    case RoleGrantState::Ended: return "was ended";
    case RoleGrantState::Asked: break;
  }
  return "was answered by nobody in time: ask again";
}
Failure wrong_state(const RoleGrant& grant, Time now) {
  return fail(Code::Conflict, "This role " + std::string(words(grant, now)) + ".");
}

Status check_times(const RoleWish& wish, Time from, Time now) {
  if (from < now) return fail(Code::Invalid, "The start is in the past.");
  if (from > now + RoleGrantLimits::kAhead)
    return fail(Code::Invalid, "The start may be at most 90 days ahead.");
  if (wish.until <= from) return fail(Code::Invalid, "The end is before the start, or has passed.");
  if (wish.until > from + RoleGrantLimits::kLongest)
    return fail(Code::Invalid, "A role is granted for at most 366 days: ask again then.");
  return {};
}

// A token is only as good as whoever made it: two of one person's making are one person's.
bool is_one_hand(const RoleGrant& grant, const RoleActor& by) {
  if (grant.asked_with == by.person) return true;
  return by.token_from != 0 &&
         (by.token_from == grant.asked_by || by.token_from == grant.asked_with);
}

Status check_two(const RoleGrant& grant, const RoleActor& by) {
  if (by.person == grant.asked_by)
    return fail(Code::Denied, "You asked for this yourself: somebody else has to grant it.");
  if (by.person == grant.person)
    return fail(Code::Denied, "Nobody grants a role to themselves: somebody else has to.");
  if (!is_one_hand(grant, by)) return {};
  return fail(Code::Denied,
              "One person made the token of the other, or of both. Sign in at the desk's page, or "
              "have somebody else grant it.");
}

Status check_grant(const RoleGrant& grant, const RoleActor& by, Time now) {
  if (!is_waiting(grant, now)) return wrong_state(grant, now);
  if (!may_ask(by, grant.role)) return not_yours(grant.role);
  return check_two(grant, by);
}

}  // namespace

std::string_view to_text(RoleGrantState state) {
  switch (state) {
    case RoleGrantState::Granted: return "granted";
    case RoleGrantState::Rejected: return "rejected";
    case RoleGrantState::Ended: return "ended";
    case RoleGrantState::Asked: break;
  }
  return "asked";
}

bool is_waiting(const RoleGrant& grant, Time now) {
  return grant.state == RoleGrantState::Asked &&
         now < std::min(grant.until, grant.asked + RoleGrantLimits::kStands);
}
bool is_held(const RoleGrant& grant, Time now) {
  return grant.state == RoleGrantState::Granted && grant.from <= now && now < grant.until;
}
bool may_ask(const RoleActor& by, std::string_view role) {
  return by.person != 0 && (by.is_admin || has(by, role) || has(by, kHeadRole));
}

Result<RoleGrant> ask_role(const RoleGrantId& id, const RoleWish& wish, const RoleActor& by,
                           Time now) {
  if (!may_ask(by, wish.role)) return not_yours(wish.role);
  const Time from = wish.from.value_or(now);
  ASSENT_CHECK(check_times(wish, from, now));
  if (wish.why.empty() || !check_line(wish.why, RoleGrantLimits::kWhy))
    return fail(Code::Invalid, "Why? Give a reason of at most 200 bytes, on one line.");
  if (wish.person == wish.deputy_of)
    return fail(Code::Invalid, "Nobody is their own deputy: name somebody else.");
  RoleGrant out;
  out.id = id;
  out.role = wish.role;
  out.person = wish.person;
  out.deputy_of = wish.deputy_of;
  out.from = from;
  out.until = wish.until;
  out.why = wish.why;
  out.asked_by = by.person;
  out.asked_with = by.token_from;
  out.asked = now;
  return out;
}

Result<RoleGrant> grant_role(RoleGrant grant, const RoleActor& by, Time now) {
  ASSENT_CHECK(check_grant(grant, by, now));
  grant.state = RoleGrantState::Granted;
  grant.decided_by = by.person;
  grant.decided = now;
  return grant;
}

Result<RoleGrant> reject_role(RoleGrant grant, const RoleActor& by, Time now) {
  if (!is_waiting(grant, now)) return wrong_state(grant, now);
  const bool own = by.person != 0 && (by.person == grant.asked_by || by.person == grant.person);
  if (!own && !may_ask(by, grant.role)) return not_yours(grant.role);
  grant.state = RoleGrantState::Rejected;
  grant.decided_by = by.person;
  grant.decided = now;
  return grant;
}

Result<RoleGrant> end_role(RoleGrant grant, const RoleActor& by, Time now) {
  if (grant.state != RoleGrantState::Granted || now >= grant.until) {
    if (is_waiting(grant, now))
      return fail(Code::Conflict, "This role is not granted yet: refuse it instead.");
    return wrong_state(grant, now);
  }
  const bool own = by.person != 0 && by.person == grant.person;
  if (!own && !may_ask(by, grant.role)) return not_yours(grant.role);
  grant.state = RoleGrantState::Ended;
  grant.ended_by = by.person;
  grant.ended = now;
  return grant;
}

}  // namespace assent
