#pragma once
// The service's lines in Windows' event log: Application, source "Assent".

#include "core/device/log.h"

namespace assent::windows {

// Warnings and errors alone: everybody who logs on may read this log, and the routine lines name
// people beside verdict classes (threats A28).
device::Log event_log();
// Everything, on standard error: for a service that runs in a console.
device::Log console_log();

}  // namespace assent::windows
