#pragma once
// Starting programs, and ending the session.

#include <windows.h>

#include <chrono>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "winlogon-shim/system/handle.h"

namespace assent::windows {

using KernelHandle = Handle<HANDLE, CloseHandle>;

// This program again; it inherits `handles` and nothing else.
Result<KernelHandle> start_own(const std::wstring& arguments, const std::vector<HANDLE>& handles);
// What Winlogon would have started without us, in order. Each gets its chance, whatever became of
// the one before; where one cannot be started, Windows' own userinit.exe is. Unavailable: neither.
// Once: another call does nothing.
Status start_desktop();
// Ends this person's session. With `patience` it ends after that whatever programs say: one that
// asks whether to save would keep it for ever. Without a desktop there are none that could.
void log_off(std::chrono::milliseconds patience = {});

}  // namespace assent::windows
