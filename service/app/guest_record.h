#pragma once
// How the log names a guest: by id, kind and account, never by name, which is forgotten one day
// (docs/ledger.md).

#include "service/app/actors.h"
#include "service/app/guest_rows.h"

namespace assent {

// "school" and "guest", with the end that it has now.
Object guest_fields(const School& school, const GuestRow& row, const GuestKind& kind);
// "guest.issue" and so on: a record about the guest's person, if there is one by now.
Draft guest_draft(std::string type, const GuestRow& row, Object fields, Time now, Random& random);

}  // namespace assent
