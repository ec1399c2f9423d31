#pragma once
// Who may use the service's pipe, and how.

#include <string>
#include <vector>

namespace assent::windows {

// A security descriptor in SDDL ([MS-DTYP] 2.5.1). Interactive people may read, write and wait;
// whoever comes over the network may do nothing. Only who serves the pipe may make a further
// instance of it: the service by its own SID, where `own_groups`, of this process' token, has it.
// Else its owner may, which any other program of the same account is too.
std::string pipe_access(const std::string& service, const std::vector<std::string>& own_groups);

}  // namespace assent::windows
