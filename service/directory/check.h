#pragma once
// Looks at a directory as the service would use it, and says in words what is wrong. Changes
// nothing: of an OpenLDAP it also asks for changes that cannot be made (rights.h).

#include "service/app/directory_check.h"
#include "service/app/directory_settings.h"

namespace assent::directory {

// Every address is connected to; what lies behind is looked at through the first that works. With
// `settings.server.timeout` cut short, so that an answer comes within ten seconds.
std::vector<CheckStep> check(DirectorySettings settings);

}  // namespace assent::directory
