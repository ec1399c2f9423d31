#pragma once
// Frames of core/wire/agent_message.h on a named pipe, each by its deadline.

#include <windows.h>

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/device/deadline.h"
#include "winlogon-shim/system/file.h"
#include "winlogon-shim/system/handle.h"

namespace assent::windows {

using Pipe = File;
using Event = Handle<HANDLE, CloseHandle>;

// `pipe` must be open for overlapped use. Unavailable: too late, or the other end is gone. Invalid:
// a length that no frame has.
Result<std::string> read_body(HANDLE pipe, device::Deadline deadline);
Status write_frame(HANDLE pipe, std::string_view frame, device::Deadline deadline);

}  // namespace assent::windows
