#pragma once
// The whole service as one object, for Windows' service manager and for a console.

#include <memory>

#include "core/base/time.h"
#include "core/device/log.h"
#include "winlogon-shim/domain/settings.h"

namespace assent::windows {

class DeviceService {
 public:
  virtual ~DeviceService() = default;  // stops
};

// Serves the pipe until the result is destroyed, before the clock. NotFound where this machine is
// not enrolled.
Result<std::unique_ptr<DeviceService>> start_service(const Settings& settings, const Clock& clock,
                                                     const device::Log& log);
// Makes this machine known to the service; "LIB-0039 of Kingsmead". Needs an administrator.
Result<std::string> enrol_machine(const Settings& settings, const std::string& code);

}  // namespace assent::windows
