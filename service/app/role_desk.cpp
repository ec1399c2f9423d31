#include "service/app/role_desk.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "service/app/actors.h"
#include "service/app/guest_host.h"
#include "service/app/then_give.h"
#include "service/app/ticket.h"

namespace assent {
namespace {

using RoleWhat = RoleStep::What;

constexpr std::array<std::string_view, 3> kRoleSteps = {"grant", "reject", "end"};

Status check_role(const School& school, const std::string& role) {
  if (std::ranges::find(school.roles, role, &RoleRule::role) != school.roles.end()) return {};
  std::string known;
  for (const RoleRule& each : school.roles) known += (known.empty() ? "" : ", ") + each.role;
  return fail(Code::NotFound,
              "no role is called \"" + role + "\" at " + school.title +
                  (known.empty() ? ": its file has no [roles]" : ": there are " + known));
}

// docs/ledger.md
std::string_view role_record_type(RoleWhat what) {
  switch (what) {
    case RoleWhat::Grant: return "role.grant";
    case RoleWhat::Reject: return "role.reject";
    case RoleWhat::End: break;
  }
  return "role.end";
}

Object person_fields(const PersonRow& person) {
  return {{"id", to_text(person.id)}, {"login", person.login}};
}

// When it came to its end, or nobody answered it in time.
Time over_at(const RoleGrant& grant) {
  if (grant.state == RoleGrantState::Asked)
    return std::min(grant.until, grant.asked + RoleGrantLimits::kStands);
  if (grant.state == RoleGrantState::Rejected) return grant.decided.value_or(grant.asked);
  return grant.ended.value_or(grant.until);
}

}  // namespace

std::string_view to_text(RoleWhat what) {
  return kRoleSteps[std::size_t(what)];
}

Result<RoleWhat> parse_role_step(std::string_view text) {
  const auto found = std::ranges::find(kRoleSteps, text);
  if (found == kRoleSteps.end()) return fail(Code::Invalid, "must be grant, reject or end");
  return RoleWhat(found - kRoleSteps.begin());
}

RoleActor RoleDesk::actor_of(const Actor& actor, const School& school) const {
  return {actor.person.key, actor.token_from,
          needs_.registry.roles_of(school, actor.person, needs_.clock.now()),
          actor.scope == "admin"};
}

std::vector<RoleGrant> RoleDesk::list(const School& school) const {
  auto out = needs_.registry.grants(school.key);
  const Time since = needs_.clock.now() - kListed;
  std::erase_if(out, [&](const RoleGrant& grant) { return over_at(grant) < since; });
  return out;
}

// Both are the school's own people and still here, and a deputy's principal has the role.
Status RoleDesk::check_people(const School& school, const RoleWish& wish, Time now) const {
  for (const PersonKey key : {wish.person, wish.deputy_of}) {
    if (key == 0) continue;
    ASSENT_TRY(const PersonRow person, needs_.people.person(key));
    const auto audience = needs_.registry.audience(school.key, person.profile);
    const Profile profile = needs_.registry.profile(person.profile).value_or(Profile{});
    if (person.school != school.key || person.state != PersonState::Active || audience->shared ||
        !works_here(profile))
      return fail(Code::Denied, person.name + " cannot have a role: name somebody who works here.");
    const auto roles = needs_.registry.roles_of(school, person, now);
    const bool has = std::ranges::find(roles, wish.role) != roles.end();
    if (key == wish.deputy_of && !has)
      return fail(Code::Invalid,
                  person.name + " is not " + wish.role + ", so has no deputy in it.");
  }
  return {};
}

Result<RoleGrant> RoleDesk::to_ask(const Actor& actor, const School& school, const RoleWish& wish,
                                   Time now) const {
  ASSENT_CHECK(check_role(school, wish.role));
  ASSENT_TRY(const RoleGrant made,
             ask_role({needs_.random.bytes<16>()}, wish, actor_of(actor, school), now));
  ASSENT_CHECK(check_people(school, wish, now));
  const auto all = needs_.registry.grants(school.key);
  const auto waiting =
      std::ranges::count_if(all, [&](const RoleGrant& each) { return is_waiting(each, now); });
  if (std::size_t(waiting) >= kWaitingMax)
    return fail(Code::Conflict, "100 requests for roles wait already: have them answered first.");
  return made;
}

Result<RoleGrant> RoleDesk::to_take(const Actor& actor, const School& school, const RoleGrantId& id,
                                    const RoleStep& step, Time now) const {
  const auto all = needs_.registry.grants(school.key);
  const auto found = std::ranges::find(all, id, &RoleGrant::id);
  if (found == all.end()) return fail(Code::NotFound, "no role was asked for as " + to_text(id));
  const RoleActor by = actor_of(actor, school);
  if (step.what == RoleWhat::Grant) {
    ASSENT_CHECK(check_role(school, found->role));
    return grant_role(*found, by, now);
  }
  if (step.reason.empty() || !check_line(step.reason, RoleGrantLimits::kWhy))
    return fail(Code::Invalid, "Why? Give a reason of at most 200 bytes, on one line.");
  return step.what == RoleWhat::Reject ? reject_role(*found, by, now) : end_role(*found, by, now);
}

Result<std::vector<Draft>> RoleDesk::record_of(const Actor& actor, const School& school,
                                               const RoleGrant& grant, std::string type,
                                               const std::string& reason, Time now) const {
  ASSENT_TRY(const PersonRow person, needs_.people.person(grant.person));
  Object fields{{"school", school.name.value},
                {"grant", to_text(grant.id)},
                {"role", grant.role},
                {"subject", person_fields(person)},
                {"from", to_rfc3339(grant.from)},
                {"until", to_rfc3339(grant.until)}};
  if (grant.deputy_of != 0) {
    ASSENT_TRY(const PersonRow principal, needs_.people.person(grant.deputy_of));
    fields.emplace_back("deputy_of", person_fields(principal));
  }
  if (!reason.empty()) fields.emplace_back("reason", reason);
  return std::vector<Draft>{{std::move(type), make_nonce(now, needs_.random), person.key,
                             by_actor(actor, std::move(fields))}};
}

void RoleDesk::ask(const Actor& actor, const School& school, const RoleWish& wish,
                   const Then<RoleGrant>& then) {
  auto made = std::make_shared<RoleGrant>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(*made, to_ask(actor, school, wish, context.now));
    ASSENT_CHECK(transaction.put(RoleGrantRow{school.key, *made}));
    return record_of(actor, school, *made, "role.ask", wish.why, context.now);
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<RoleGrant>(then, made));
  if (!queued) then(fail(queued.error()));
}

void RoleDesk::take(const Actor& actor, const School& school, const RoleGrantId& id,
                    const RoleStep& step, const Then<RoleGrant>& then) {
  auto made = std::make_shared<RoleGrant>();
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(*made, to_take(actor, school, id, step, context.now));
    ASSENT_CHECK(transaction.put(RoleGrantRow{school.key, *made}));
    return record_of(actor, school, *made, std::string(role_record_type(step.what)), step.reason,
                     context.now);
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<RoleGrant>(then, made));
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
