#pragma once
// The [roles] table of a school's file: who is reception, who is ICT. Inside config/ only.

#include "core/base/value.h"
#include "service/domain/school.h"

namespace assent {

// `table` is the value of "roles", or nullptr. Faults name "roles.NAME".
Result<std::vector<RoleRule>> read_roles(const Value* table);

}  // namespace assent
