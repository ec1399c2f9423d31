#pragma once
// The service's lines in Windows' event log: Application, source "Assent".

#include "core/device/log.h"

namespace assent::windows {

// Debug lines are left out. Lines hold verdict classes, never a reason or an answer (threats A28).
device::Log event_log();
// The same on standard error, Debug included: for a service that runs in a console.
device::Log console_log();

}  // namespace assent::windows
