#pragma once
// Runs as what Windows' service manager starts.

#include "core/base/time.h"
#include "core/device/log.h"
#include "winlogon-shim/domain/settings.h"

namespace assent::windows {

// Blocks until the service manager stops us. Unavailable where it did not start us: a console.
Status run_as_service(const Settings& settings, const Clock& clock, const device::Log& log);
// Blocks until Ctrl-C, or until standard input ends.
Status run_in_console(const Settings& settings, const Clock& clock, const device::Log& log);
// Gives the service a SID of its own, by which its folder knows it. Needs an administrator.
Status give_service_its_sid();

}  // namespace assent::windows
