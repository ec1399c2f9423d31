#pragma once
// Which rules and which filtering level a kind of guest gets from its school, and the promise that
// a guest's level is never looser than the strictest pupil's, so that nobody gains by being one
// (A21).

#include "service/domain/guest_kind.h"
#include "service/domain/level.h"

namespace assent {

// What guests of this kind owe, in the stage's reading style. Invalid unless the school has an
// audience of that name whose people sign for themselves.
Result<Audience> audience_of(const GuestKind& kind, const School& school);

// What the level table is asked about such a guest.
LevelFacts guest_level_facts(const GuestKind& kind, AcceptanceState state);

// The most restrictive level that a pupil in good standing has, of any stage. Invalid when the
// school has no audience for role:student; empty when it has no levels.
Result<std::string> strictest_pupil_level(const School& school);

// Invalid, naming kind and level, unless the promise holds for every kind, whatever its guests have
// answered. A school without levels leaves its filter alone.
Status check_guest_levels(const School& school, const std::vector<GuestKind>& kinds);

}  // namespace assent
