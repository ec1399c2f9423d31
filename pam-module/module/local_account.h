#pragma once
// The accounts that this machine keeps itself. The name service is not asked: it would ask the
// school's directory, and wait for it.

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace assent::pam {

// The user id of the account called `name` in `file`, of the form of passwd(5); nothing if there is
// none, or no such file. Case counts, and NIS's "+" and "-" lines are no accounts. "root" is always
// 0: no file that is missing keeps root out.
std::optional<uid_t> local_uid(const std::string& file, std::string_view name);

}  // namespace assent::pam
