#pragma once
// What a school's file says of filtering: [filter], `levels` and `level`. Inside config/ only.

#include "core/base/value.h"
#include "service/domain/school.h"

namespace assent {

// Reads them into `school`, whose audiences and policies are read already: a rule names an audience
// of this school, and an outcome one of its levels.
Status read_levels(Fields& fields, School& school);

}  // namespace assent
