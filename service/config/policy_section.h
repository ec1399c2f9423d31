#pragma once
// The [policy.NAME] tables of a school's file. Inside config/ only.

#include <map>

#include "core/base/value.h"
#include "service/domain/school.h"

namespace assent {

// `tables` is the value of "policy", or nullptr. Faults name "policy.NAME.KEY".
Result<std::map<PolicyName, PolicySettings>> read_policies(const Value* tables);

// "refuse", or "level:NAME" and "tell-WHO" with a comma between; `fallback` fills what is unsaid.
Result<Outcome> parse_outcome(std::string_view text, Outcome fallback);

}  // namespace assent
