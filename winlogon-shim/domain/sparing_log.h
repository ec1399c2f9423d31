#pragma once
// A log that nobody can fill: who may connect may also come a thousand times a second.

#include "core/base/time.h"
#include "core/device/log.h"

namespace assent::windows {

inline constexpr unsigned kMostLinesAMinute = 60;

// Passes on so many lines of each minute, then says once that the rest of that minute is left out.
// Errors always pass: no caller makes them. `clock` must outlive the result. Any thread.
device::Log sparing(device::Log log, const Clock& clock);

}  // namespace assent::windows
