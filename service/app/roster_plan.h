#pragma once
// Between the planner and the rows: reads who is known, and writes a plan into a transaction.

#include "service/app/registry.h"
#include "service/domain/roster.h"

namespace assent {

// Feeds `planner` with everybody of the school. `source` owns the people whose home it is.
Status read_known(const People& people, const Registry& registry, SchoolKey school,
                  const std::string& source, RosterPlanner& planner);

// Feeds it with the source's people; what cannot be read becomes the plan's only fault.
RosterPlan read_plan(RosterSource& source, RosterPlanner& planner);

struct PlanTarget {
  Transaction& transaction;
  const People& people;  // as before the transaction
  const Registry& registry;
  SchoolKey school;
  std::string source;
  Time now;
  Random& random;
};
// Writes all of a plan that may be applied. Logins are freed before they are given, so that two
// people can swap theirs. The plan's people are used up.
Status write_plan(const PlanTarget& target, RosterPlan& plan, const std::vector<Profile>& profiles);

}  // namespace assent
