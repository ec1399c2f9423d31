#pragma once
// Our place in what Windows starts at a logon: Winlogon's value Userinit. What stood there before
// is kept, type and bytes, as the value Userinit in HKLM\SOFTWARE\Assent. Both lie in one hive, so
// a power cut does not part them. What becomes of the text is decided in winlogon-shim/chain/value.

#include <string>
#include <vector>

#include "core/base/result.h"

namespace assent::windows {

// Needs an administrator. The same again changes nothing. `logon_program` is a full path.
Status turn_on(const std::string& logon_program);

// Needs an administrator. What stood there before is there again, byte for byte, unless somebody
// has changed the value since: then theirs stays, and only ours goes out of it.
Status turn_off(const std::string& logon_program);

// Command lines, in order, that the logon program starts in its own place; variables are expanded.
// Never none: where nothing can be read, Windows' own userinit.exe.
std::vector<std::string> programs_to_run(const std::string& logon_program);

}  // namespace assent::windows
