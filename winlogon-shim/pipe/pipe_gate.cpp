#include "winlogon-shim/pipe/pipe_gate.h"

#include "core/wire/expect_reply.h"
#include "winlogon-shim/pipe/pipe_stream.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr wchar_t kService[] = L"AssentService";
constexpr DWORD kPause = 20;             // milliseconds, between two tries to open the pipe
constexpr DWORD kPauseSentAway = 100;    // between two tries at the service
constexpr DWORD kPauseAway = 100;        // between two questions whether it may still come
constexpr ULONGLONG kBooting = 120'000;  // since Windows started

// The service may ask who we are, and may not act as us.
Pipe try_open(const std::wstring& name) {
  return Pipe(CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                          FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
                          nullptr));
}

using Services = Handle<SC_HANDLE, CloseServiceHandle>;

// What Windows' service manager says of Assent's service.
std::optional<SERVICE_STATUS_PROCESS> service_status() {
  const Services all(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT));
  const Services ours(all ? OpenServiceW(all.get(), kService, SERVICE_QUERY_STATUS) : nullptr);
  SERVICE_STATUS_PROCESS status{};
  DWORD size = 0;
  if (!ours || !QueryServiceStatusEx(ours.get(), SC_STATUS_PROCESS_INFO,
                                     reinterpret_cast<BYTE*>(&status), sizeof status, &size))
    return std::nullopt;
  return status;
}

// Windows shows its logon screen before all services have started.
bool may_still_come() {
  const auto status = service_status();
  return status && (status->dwCurrentState == SERVICE_START_PENDING || GetTickCount64() < kBooting);
}

Result<Pipe> open_pipe(const std::wstring& name, device::Deadline deadline) {
  for (;;) {
    Pipe pipe = try_open(name);
    if (pipe.get() != INVALID_HANDLE_VALUE) return pipe;
    const DWORD fault = GetLastError();
    const bool is_away = fault == ERROR_FILE_NOT_FOUND && may_still_come();
    if (fault != ERROR_PIPE_BUSY && !is_away) return windows_failure("the service's pipe", fault);
    const auto left = DWORD(deadline.left_ms());
    if (left == 0)
      return fail(Code::Unavailable,
                  is_away ? "the service has not started yet" : "the service is too busy");
    if (is_away)
      Sleep(kPauseAway);
    else if (!WaitNamedPipeW(name.c_str(), left))
      Sleep(kPause);
  }
}

Result<std::string> converse(HANDLE pipe, const std::string& frame, device::Deadline deadline) {
  ASSENT_CHECK(write_frame(pipe, frame, deadline));
  return read_body(pipe, deadline);
}

}  // namespace

bool is_assent_service(unsigned long process) {
  const auto status = service_status();
  return status && status->dwProcessId != 0 && status->dwProcessId == process;
}

Result<std::string> PipeGate::exchange(const wire::AgentRequest& request) const {
  ASSENT_TRY(const std::string frame, wire::to_frame(request));
  ASSENT_TRY(const std::wstring name, to_utf16(options_.pipe));
  const auto deadline = device::Deadline::in(options_.deadline);
  const bool may_repeat = std::holds_alternative<wire::AgentCheck>(request);  // changes nothing
  for (;;) {
    ASSENT_TRY(const Pipe pipe, open_pipe(name, deadline));
    ULONG server = 0;
    if (!GetNamedPipeServerProcessId(pipe.get(), &server))
      return windows_failure("the pipe's server");
    if (!options_.is_service(server))
      return fail(Code::Unavailable, "another program has taken the service's pipe");
    auto reply = converse(pipe.get(), frame, deadline);
    // The service sends callers away while too many of one session are there.
    if (reply || !may_repeat || deadline.left_ms() == 0) return reply;
    Sleep(kPauseSentAway);
  }
}

Result<wire::AgentReply> PipeGate::call(const wire::AgentRequest& request) const {
  ASSENT_TRY(const std::string body, exchange(request));
  return wire::parse_agent_reply(body);
}

// Who asks, and from where, the service reads from our token, unless it is the logon screen's.
Result<wire::AgentCheckReply> PipeGate::check(bool full) {
  wire::AgentCheck request;
  request.login = options_.login;
  request.screen = wire::ScreenKind::Window;
  request.full = full;
  return wire::expect_reply<wire::AgentCheckReply>(call(request));
}

Result<wire::AgentAnswerReply> PipeGate::answer(const wire::AgentAnswer& answer) {
  return wire::expect_reply<wire::AgentAnswerReply>(call(answer));
}

// Nothing comes back: the service closes the pipe when it has told it.
void PipeGate::opened(const std::string& ticket) {
  static_cast<void>(exchange(wire::AgentOpened{ticket, "", ""}));
}

Result<wire::AgentBannerReply> PipeGate::banner() const {
  return wire::expect_reply<wire::AgentBannerReply>(call(wire::AgentBanner{}));
}

void PipeGate::withdraw(const std::string& ticket) const {
  static_cast<void>(exchange(wire::AgentWithdrawn{ticket}));
}

}  // namespace assent::windows
