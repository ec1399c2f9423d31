#pragma once
// The [guest.NAME] tables of a school's file. Inside config/ only.

#include "core/base/value.h"
#include "service/domain/guest_level.h"

namespace assent {

// `tables` is the value of "guest", or nullptr. `school` has its audiences, policies and levels
// already. Faults name "guest.NAME.KEY"; a kind whose level would be too loose is one.
Result<std::vector<GuestKind>> read_guests(const Value* tables, const School& school);

// "supply01..supply10" as its ten logins; any other text as itself.
Result<std::vector<std::string>> parse_pool(std::string_view text);

}  // namespace assent
