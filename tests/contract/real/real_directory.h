#pragma once
// A real directory for contract tests: the school's file that ASSENT_DIRECTORY names says where it
// is, and which kind. Whoever starts the program has started the server.

#include "core/base/system_clock.h"
#include "service/config/config.h"
#include "service/directory/ldap_roster.h"

namespace assent::contract {

// Of the school's file. Ends the program, saying why, when it cannot be read.
const DirectorySettings& real_settings();
// A connection to it, as the service would open one.
directory::OpenDirectory real_directory();
// True if the server lets this name in.
bool real_sign_in(const std::string& dn, const std::string& password);

}  // namespace assent::contract
