#pragma once
// A role that somebody holds until a day, such as a deputy's: asked for by one person and granted
// by another (design decision 14). Pure; docs/roles.md has the rules.

#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "service/domain/gate.h"

namespace assent {

struct RoleGrantTag {
  static constexpr std::string_view prefix = "r_";
};
using RoleGrantId = RandomId<RoleGrantTag>;

// Who has it besides decides as well: over whatever role. A school may have none of that name.
inline constexpr std::string_view kHeadRole = "head";

struct RoleGrantLimits {
  static constexpr std::size_t kWhy = 200;
  static constexpr days kLongest{366};  // from its start: a role that nobody looks at again ends
  static constexpr days kAhead{90};     // how far ahead it may begin
  static constexpr days kStands{14};    // a request that nobody answers is over then
};

enum class RoleGrantState : std::uint8_t { Asked, Granted, Rejected, Ended };
std::string_view to_text(RoleGrantState state);  // "asked", …

struct RoleGrant {
  RoleGrantId id;
  std::string role;
  PersonKey person = 0;     // who is to have it
  PersonKey deputy_of = 0;  // in whose place; 0: in nobody's
  Time from{}, until{};     // [from, until)
  std::string why;
  RoleGrantState state = RoleGrantState::Asked;
  PersonKey asked_by = 0, asked_with = 0;  // asked_with: RoleActor::token_from of who asked
  PersonKey decided_by = 0, ended_by = 0;
  Time asked{};
  std::optional<Time> decided, ended;
  friend bool operator==(const RoleGrant&, const RoleGrant&) = default;
};

// Whoever acts.
struct RoleActor {
  PersonKey person = 0;
  PersonKey token_from = 0;        // who made the token that they came with; 0: nobody did
  std::vector<std::string> roles;  // that they have now
  bool is_admin = false;
};

struct RoleWish {
  std::string role;
  PersonKey person = 0, deputy_of = 0;
  std::optional<Time> from;  // nothing: at once
  Time until{};
  std::string why;
};

// By an admin, and by who has the role or is the head. Denied; Invalid in words for whoever typed
// it. That the role and the people are there is the caller's to know.
Result<RoleGrant> ask_role(const RoleGrantId& id, const RoleWish& wish, const RoleActor& by,
                           Time now);
// By the same, but neither by who asked, nor by who is to have it, nor with a token that one of the
// two who act made for the other, or a third for both.
Result<RoleGrant> grant_role(RoleGrant grant, const RoleActor& by, Time now);
// By the same, and by who asked: less is needed to say no.
Result<RoleGrant> reject_role(RoleGrant grant, const RoleActor& by, Time now);
// By any one of them, and by who has it.
Result<RoleGrant> end_role(RoleGrant grant, const RoleActor& by, Time now);

bool is_waiting(const RoleGrant& grant, Time now);
bool is_held(const RoleGrant& grant, Time now);
// Whether `by` may ask for `role`, for whoever it is.
bool may_ask(const RoleActor& by, std::string_view role);

}  // namespace assent
