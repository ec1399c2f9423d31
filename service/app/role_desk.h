#pragma once
// Granting roles: one person asks, another grants, and each step is an entry in the log
// (docs/roles.md). Any thread; `then` is called later, on the writer's thread, or at once.

#include "service/app/access.h"

namespace assent {

struct RoleStep {
  enum class What : std::uint8_t { Grant, Reject, End };
  What what = What::Grant;
  std::string reason;  // Reject, End: why, for the record
};
std::string_view to_text(RoleStep::What what);  // "grant", "reject", "end"
Result<RoleStep::What> parse_role_step(std::string_view text);

class RoleDesk {
 public:
  struct Needs {
    const Registry& registry;
    const People& people;
    LedgerWriter& writer;
    const Clock& clock;
    Random& random;
  };
  explicit RoleDesk(Needs needs) : needs_(needs) {}
  template <class T>
  using Then = std::function<void(Result<T>)>;

  static constexpr days kListed{30};  // how long what is over is still listed, for the head to see
  static constexpr std::size_t kWaitingMax = 100;  // requests that wait, at one school

  RoleActor actor_of(const Actor& actor, const School& school) const;
  // Those that wait, that are held or will be, and those that were over less than kListed ago; by
  // when they were asked for.
  std::vector<RoleGrant> list(const School& school) const;

  // NotFound for a role that the school's file does not name; Denied, Invalid, Conflict in words
  // for whoever typed it.
  void ask(const Actor& actor, const School& school, const RoleWish& wish,
           const Then<RoleGrant>& then);
  void take(const Actor& actor, const School& school, const RoleGrantId& id, const RoleStep& step,
            const Then<RoleGrant>& then);

  // What would be done at `now`, for a dry run. Nothing is written.
  Result<RoleGrant> to_ask(const Actor& actor, const School& school, const RoleWish& wish,
                           Time now) const;
  Result<RoleGrant> to_take(const Actor& actor, const School& school, const RoleGrantId& id,
                            const RoleStep& step, Time now) const;

 private:
  Status check_people(const School& school, const RoleWish& wish, Time now) const;
  Result<std::vector<Draft>> record_of(const Actor& actor, const School& school,
                                       const RoleGrant& grant, std::string type,
                                       const std::string& reason, Time now) const;

  Needs needs_;
};

}  // namespace assent
