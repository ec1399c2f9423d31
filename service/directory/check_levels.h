#pragma once
// Part of the check: may the account put people into the groups of the levels, and no more?

#include "service/app/directory_settings.h"
#include "service/directory/check_steps.h"
#include "service/directory/directory.h"

namespace assent::directory {

// Nothing for a school without levels. `person` is the DN of one of its people.
void check_levels(Directory& directory, const DirectorySettings& settings,
                  const std::string& person, CheckSteps& steps);

}  // namespace assent::directory
