#pragma once
// Who may open the service's folder.

#include <windows.h>

#include <string>
#include <vector>

#include "core/base/result.h"
#include "winlogon-shim/system/file.h"

namespace assent::windows {

inline constexpr wchar_t kServiceName[] = L"AssentService";

// who_may_open() of domain/folder_access.h, on this machine.
Result<std::vector<std::string>> who_may_open_here();
// pipe_access() of domain/pipe_access.h, for this process.
Result<std::string> pipe_access_here();
// A security descriptor in SDDL: those, and nobody by inheritance; the administrators own it.
std::wstring only_for(const std::vector<std::string>& sids);
// The folder `path`, after check_access() of what Windows says of it. While the result lives nobody
// can put another in its place. NotFound where there is none; Denied for a junction or link too.
Result<File> hold_only_for(const std::wstring& path, const std::vector<std::string>& sids);

}  // namespace assent::windows
