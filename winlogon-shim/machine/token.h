#pragma once
// Who a token says somebody is.

#include <windows.h>

#include "winlogon-shim/domain/caller.h"

namespace assent::windows {

// `token` must be open for TOKEN_QUERY. Unavailable where Windows does not tell, or takes more than
// 1.5 s for the account's name.
Result<Caller> caller_of(HANDLE token);
// Of this process, however long Windows takes: for who bounds it all the same.
Result<Caller> own_caller();
// Its SID and groups alone: names are looked up elsewhere, which at a machine's start may take
// long.
Result<Account> own_account_without_name();
// The domain of the machine's own accounts; empty where Windows does not tell.
std::string computer_name();

}  // namespace assent::windows
