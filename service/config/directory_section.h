#pragma once
// The [directory] table of a school's file. Inside config/ only.

#include <optional>

#include "core/base/value.h"
#include "service/app/directory_settings.h"
#include "service/domain/school.h"

namespace assent {

// `table` is the value of "directory", or nullptr. `school` has its audiences and levels already:
// what they ask of groups and units is what will be told of people. Faults name "directory.KEY".
Result<std::optional<DirectorySettings>> read_directory(const Value* table, const School& school);

}  // namespace assent
