#pragma once
// What a "person.link" record keeps of the two accounts that it found (docs/ledger.md), so that
// parting can give them back as they were.

#include "core/base/value.h"
#include "service/app/registry.h"

namespace assent {

// The member for one account.
Object account_of(const PersonRow& person, const Registry& registry);

// `person` with the account that `link` keeps as `member`: "from_had" or "to_had". Corrupt when it
// keeps none.
Result<PersonRow> with_account(PersonRow person, const Value& link, std::string_view member,
                               const Registry& registry);

}  // namespace assent
