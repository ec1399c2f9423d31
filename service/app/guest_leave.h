#pragma once
// What the end of a guest means to the gate and to the filter.

#include "service/app/guest_rows.h"
#include "service/app/registry.h"

namespace assent {

// In the writer's job that ends the guest, behind its put: their person has left, and has no level.
// Once they are forgotten, their name goes too. Nothing where they never had an account.
Status put_left(Transaction& transaction, const People& people, const Registry& registry,
                const School& school, const GuestRow& row, Time now);

}  // namespace assent
