#pragma once
// Who a token says somebody is.

#include <windows.h>

#include "winlogon-shim/domain/caller.h"

namespace assent::windows {

// `token` must be open for TOKEN_QUERY. Unavailable where Windows does not tell.
Result<Caller> caller_of(HANDLE token);
// Of this process.
Result<Caller> own_caller();
// The domain of the machine's own accounts; empty where Windows does not tell.
std::string computer_name();

}  // namespace assent::windows
