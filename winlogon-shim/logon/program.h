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
// Winlogon shows its own screen until a shell says that it is there, or for a time of its own: says
// so, since what is asked comes before any shell. Best effort.
void show_this_desktop();
// Ends this person's session: programs are asked first, and after `patience` it ends whatever they
// say. Returns only where Windows ends it by no means.
void log_off(std::chrono::milliseconds patience);

}  // namespace assent::windows
