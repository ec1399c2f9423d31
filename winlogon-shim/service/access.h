#pragma once
// Who may open the service's folder.

#include <windows.h>

#include <string>
#include <vector>

#include "core/base/result.h"

namespace assent::windows {

inline constexpr wchar_t kServiceName[] = L"AssentService";

// who_may_open() of domain/folder_access.h, on this machine.
Result<std::vector<std::string>> who_may_open_here();
// A security descriptor in SDDL: those, and nobody by inheritance; the administrators own it.
std::wstring only_for(const std::vector<std::string>& sids);
// check_access() of what Windows says of `path`. A junction or link is refused too.
Status check_only_for(const std::wstring& path, const std::vector<std::string>& sids);

}  // namespace assent::windows
