#pragma once
// Starting programs, and ending the session.

#include <windows.h>

#include <string>
#include <vector>

#include "core/base/result.h"
#include "winlogon-shim/system/handle.h"

namespace assent::windows {

using KernelHandle = Handle<HANDLE, CloseHandle>;

// This program again; it inherits `handles` and nothing else.
Result<KernelHandle> start_own(const std::wstring& arguments, const std::vector<HANDLE>& handles);
// What Winlogon would have started without us, in order. Each gets its chance, whatever became of
// the one before; where none can be started, Windows' own userinit.exe does. Unavailable: neither.
Status start_desktop();
// Ends this person's session, with programs that do not answer.
void log_off();

}  // namespace assent::windows
