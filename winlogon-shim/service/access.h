#pragma once
// Who may open the service's folder.

#include <windows.h>

#include <string>
#include <vector>

#include "core/base/result.h"

namespace assent::windows {

inline constexpr wchar_t kServiceName[] = L"AssentService";

// SIDs of Windows itself, its administrators, the service (where it is installed) and whoever runs
// this program. The last is the service itself, or an administrator who enrols the machine.
Result<std::vector<std::wstring>> who_may_open();
// A security descriptor in SDDL: those, and nobody by inheritance; the administrators own it.
std::wstring only_for(const std::vector<std::wstring>& sids);
// Denied, in words, if somebody else owns `path` or is let in by its access list.
Status check_only_for(const std::wstring& path, const std::vector<std::wstring>& sids);

}  // namespace assent::windows
