#include "winlogon-shim/service/windows_service.h"

#include <windows.h>

#include <cstdio>

#include "core/base/text.h"
#include "winlogon-shim/service/access.h"
#include "winlogon-shim/service/device_service.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/handle.h"

namespace assent::windows {
namespace {

constexpr DWORD kStartHint = 10'000;  // milliseconds that a start or stop may take

// Windows calls back without a context: one service a process.
struct Running {
  const Settings* settings = nullptr;
  const Clock* clock = nullptr;
  device::Log log;
  SERVICE_STATUS_HANDLE handle = nullptr;
  HANDLE stop = nullptr;
} running;

void tell(DWORD state, DWORD fault = NO_ERROR) {
  SERVICE_STATUS status{};
  status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
  status.dwCurrentState = state;
  status.dwControlsAccepted =
      state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN : 0;
  status.dwWin32ExitCode = fault;
  status.dwWaitHint = state == SERVICE_RUNNING || state == SERVICE_STOPPED ? 0 : kStartHint;
  SetServiceStatus(running.handle, &status);
}

DWORD WINAPI control(DWORD code, DWORD, void*, void*) {
  if (code == SERVICE_CONTROL_STOP || code == SERVICE_CONTROL_SHUTDOWN) {
    tell(SERVICE_STOP_PENDING);
    SetEvent(running.stop);
  }
  return code == SERVICE_CONTROL_INTERROGATE || code == SERVICE_CONTROL_STOP ||
                 code == SERVICE_CONTROL_SHUTDOWN
             ? NO_ERROR
             : ERROR_CALL_NOT_IMPLEMENTED;
}

void serve() {
  tell(SERVICE_START_PENDING);
  auto service = start_service(*running.settings, *running.clock, running.log);
  if (!service) {
    running.log(device::Severity::Error, one_line(service.error().message));
    // Windows starts again what ends with an error, each minute: not where an administrator is
    // waited for, because there is no key or its folder is somebody else's.
    const Code code = service.error().code;
    const bool failed = code != Code::NotFound && code != Code::Denied;
    return tell(SERVICE_STOPPED, failed ? ERROR_SERVICE_NOT_ACTIVE : NO_ERROR);
  }
  tell(SERVICE_RUNNING);
  WaitForSingleObject(running.stop, INFINITE);
  running.log(device::Severity::Info, "ending");
  service->reset();
  tell(SERVICE_STOPPED);  // the last: the process may end any time after it
}

// Windows calls this on a thread of its own: no exception may leave it.
void WINAPI service_main(DWORD, wchar_t**) {
  running.handle = RegisterServiceCtrlHandlerExW(kServiceName, control, nullptr);
  if (running.handle == nullptr) return;
  try {
    serve();
  } catch (...) {  // a bug, or no memory
    tell(SERVICE_STOPPED, ERROR_EXCEPTION_IN_SERVICE);
  }
}

using Services = Handle<SC_HANDLE, CloseServiceHandle>;

}  // namespace

Status run_as_service(const Settings& settings, const Clock& clock, const device::Log& log) {
  const Handle<HANDLE, CloseHandle> stop(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  running = {&settings, &clock, log, nullptr, stop.get()};
  wchar_t name[] = L"AssentService";
  const SERVICE_TABLE_ENTRYW table[] = {{name, service_main}, {nullptr, nullptr}};
  if (!StartServiceCtrlDispatcherW(table))
    return fail(Code::Unavailable,
                "Windows' service manager did not start this: use sc start AssentService, or "
                "assent-service run --console");
  return {};
}

Status run_in_console(const Settings& settings, const Clock& clock, const device::Log& log) {
  ASSENT_TRY(const auto service, start_service(settings, clock, log));
  while (std::getchar() != EOF) {
  }
  log(device::Severity::Info, "ending");
  return {};
}

Status give_service_its_sid() {
  const Services all(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT));
  const Services ours(all ? OpenServiceW(all.get(), kServiceName, SERVICE_CHANGE_CONFIG) : nullptr);
  SERVICE_SID_INFO sid{SERVICE_SID_TYPE_UNRESTRICTED};
  if (!ours || !ChangeServiceConfig2W(ours.get(), SERVICE_CONFIG_SERVICE_SID_INFO, &sid))
    return windows_failure("the service AssentService cannot be set up");
  return {};
}

}  // namespace assent::windows
