#include "winlogon-shim/service/device_service.h"

#include "core/base/text.h"
#include "core/device/enrolment.h"
#include "core/device/frames.h"
#include "core/device/http_service.h"
#include "winlogon-shim/domain/logon_desk.h"
#include "winlogon-shim/machine/registry_settings.h"
#include "winlogon-shim/pipe/pipe_server.h"
#include "winlogon-shim/service/access.h"
#include "winlogon-shim/service/protected_state.h"
#include "winlogon-shim/transport/win_http.h"

namespace assent::windows {
namespace {

// How much sooner a call to the service ends than the answer to whoever waits at the pipe.
constexpr int kMargin = 250;  // milliseconds

Result<WinHttp> connect(const Settings& settings) {
  if (settings.service.empty())
    return fail(Code::Invalid,
                "no service is set: HKLM\\SOFTWARE\\Assent, value Service, or group policy");
  WinHttpSettings to;
  to.service = settings.service;
  to.pin = settings.pin;
  to.deadline_ms = settings.deadline_ms - kMargin;
  return WinHttp::make(to);
}

class Serving final : public DeviceService {
 public:
  Serving(device::Identity identity, WinHttp client, const Clock& clock, const device::Log& log)
      : identity_(std::move(identity)),
        client_(std::move(client)),
        service_(client_, identity_),
        responder_("windows", service_, identity_, clock, log),
        desk_(
            responder_, [] { return read_settings(RegistrySettings()).settings; }, clock, log),
        log_(log) {}

  Status serve(const Settings& settings) {
    PipeSettings at;
    at.deadline = std::chrono::milliseconds(settings.deadline_ms);
    ASSENT_TRY(at.access, pipe_access_here());
    const auto answer = [this](const std::string& body, const Caller& caller,
                               device::Deadline deadline) {
      const auto respond = [&](const auto& request) {
        return desk_.respond(request, caller, deadline);
      };
      return device::answer_frame(body, respond, log_);
    };
    ASSENT_TRY(auto server, serve_pipe(at, answer, log_));
    server_ = std::move(server);
    log_(device::Severity::Info, "serving as " + one_line(identity_.enrolled.name));
    return {};
  }

 private:
  const device::Identity identity_;
  const WinHttp client_;
  device::HttpService service_;
  device::Responder responder_;
  LogonDesk desk_;
  const device::Log log_;
  std::unique_ptr<PipeServer> server_;  // last: its threads use all above
};

}  // namespace

Result<std::unique_ptr<DeviceService>> start_service(const Settings& settings, const Clock& clock,
                                                     const device::Log& log) {
  ASSENT_TRY(const ProtectedState state, ProtectedState::of_this_machine());
  auto identity = device::load_identity(state);
  if (!identity && identity.error().code == Code::NotFound)
    return fail(Code::NotFound,
                "this machine is not enrolled: run assent-service enrol --code CODE as an "
                "administrator, with the code that assentctl device enrol shows");
  if (!identity) return fail(identity.error());
  ASSENT_TRY(WinHttp client, connect(settings));
  auto serving = std::make_unique<Serving>(*std::move(identity), std::move(client), clock, log);
  ASSENT_CHECK(serving->serve(settings));
  return std::unique_ptr<DeviceService>(std::move(serving));
}

Result<std::string> enrol_machine(const Settings& settings, const std::string& code) {
  ASSENT_TRY(ProtectedState state, ProtectedState::of_this_machine());
  ASSENT_TRY(const WinHttp client, connect(settings));
  SystemRandom random;
  ASSENT_TRY(const auto enrolled, device::enrol(client, state, code, random));
  return one_line(enrolled.name) + " of " + one_line(enrolled.school);
}

}  // namespace assent::windows
