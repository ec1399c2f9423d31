#pragma once
// The level that a person should have, decided from the facts as they are and put beside the event
// that changed them. Where it goes from there is the reconciler's business.

#include "service/app/registry.h"
#include "service/domain/level.h"

namespace assent {

// Any thread. No level at all for somebody who left, and where the school has no table.
LevelChoice wanted_level(const Registry& registry, const School& school, const Facts& facts,
                         Time now);

// In the writer's job, behind the puts that changed what is known of the person: decides from what
// the transaction holds, and gives it. `swept`: as one of many. Nothing where the school has no
// table; of a guest only where guests are in the directory.
Result<LevelChoice> put_level(Transaction& transaction, const Registry& registry,
                              const School& school, PersonKey person, Time now, bool swept = false);

// In the writer's job of whatever changed something about many people: they are looked at again
// from `due` on. Nothing where the school has no table.
Status put_sweep(Transaction& transaction, const School& school, Time due, std::string cause,
                 bool from_roster = false);

}  // namespace assent
