#pragma once
// Part of the check: accounts with an end, where the school has switched them on.

#include "service/app/directory_settings.h"
#include "service/directory/check_steps.h"
#include "service/directory/directory.h"

namespace assent::directory {

// One step that says so where they are off.
void check_accounts(Directory& directory, const DirectorySettings& settings, CheckSteps& steps);

}  // namespace assent::directory
