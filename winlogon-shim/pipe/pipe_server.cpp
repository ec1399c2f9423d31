#include "winlogon-shim/pipe/pipe_server.h"

#include <thread>
#include <vector>

#include "core/base/text.h"
#include "winlogon-shim/domain/attended.h"
#include "winlogon-shim/machine/token.h"
#include "winlogon-shim/pipe/pipe_stream.h"
#include "winlogon-shim/system/access_list.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr DWORD kBuffer = 64 * 1024;
constexpr std::chrono::milliseconds kReplyMargin{100};  // kept back for writing the reply
constexpr DWORD kPauseAfterFault = 200;                 // milliseconds

Result<Pipe> make_pipe(const std::wstring& name, const std::wstring& access, bool first) {
  ASSENT_TRY(AccessList who, AccessList::from(access));
  Pipe pipe(CreateNamedPipeW(
      name.c_str(),
      PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | (first ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0),
      PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
      PIPE_UNLIMITED_INSTANCES, kBuffer, kBuffer, 0, who.get()));
  if (pipe.get() != INVALID_HANDLE_VALUE) return pipe;
  if (GetLastError() == ERROR_ACCESS_DENIED || GetLastError() == ERROR_PIPE_BUSY)
    return fail(Code::Conflict, "another program has the pipe already");
  return windows_failure("the pipe cannot be made");
}

// Where the caller sits; known before anything is read. All of whom Windows does not tell are one.
std::uint32_t session_at(HANDLE pipe) {
  ULONG session = 0;
  return GetNamedPipeClientSessionId(pipe, &session) ? session : ~std::uint32_t{0};
}

// Right after the first bytes were read: Windows ties the caller's token to them.
Result<Caller> caller_at(HANDLE pipe) {
  if (!ImpersonateNamedPipeClient(pipe)) return windows_failure("the caller hides who they are");
  HANDLE token = nullptr;
  const BOOL opened = OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token);
  const DWORD fault = GetLastError();  // its words are Windows' files: not to be read as the caller
  if (!RevertToSelf()) std::abort();   // this thread would go on as somebody else
  if (!opened) return windows_failure("the caller has no token", fault);
  const Handle<HANDLE, CloseHandle> owned(token);
  return caller_of(token);
}

class Server final : public PipeServer {
 public:
  Server(PipeSettings settings, AnswerCaller answer, device::Log log, std::vector<Pipe> pipes,
         Event stop)
      : settings_(std::move(settings)),
        answer_(std::move(answer)),
        log_(std::move(log)),
        pipes_(std::move(pipes)),
        stop_(std::move(stop)) {
    for (const Pipe& pipe : pipes_) threads_.emplace_back([this, &pipe] { work(pipe.get()); });
  }
  ~Server() override {
    SetEvent(stop_.get());
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void work(HANDLE pipe) {
    while (wait_for_caller(pipe)) {
      const std::uint32_t session = session_at(pipe);
      const bool is_crowd = attended_.begin(session) > settings_.share;
      const Status status = is_crowd ? Status() : attend_safely(pipe);
      attended_.end(session);
      if (!status) log_(device::Severity::Warning, "a caller: " + one_line(status.error().message));
      DisconnectNamedPipe(pipe);
    }
  }

  // A bug, or no memory, costs one caller.
  Status attend_safely(HANDLE pipe) {
    try {
      return attend(pipe);
    } catch (const std::exception& error) {
      return fail(Code::Unavailable, std::string("this is a bug: ") + error.what());
    }
  }

  // False once the server stops.
  bool wait_for_caller(HANDLE pipe) {
    const Event event(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    OVERLAPPED operation{};
    operation.hEvent = event.get();
    const DWORD fault = ConnectNamedPipe(pipe, &operation) ? ERROR_PIPE_CONNECTED : GetLastError();
    DWORD stopped = WaitForSingleObject(stop_.get(), 0);
    if (fault == ERROR_IO_PENDING) {
      const HANDLE either[] = {stop_.get(), event.get()};
      DWORD none = 0;
      stopped = WaitForMultipleObjects(2, either, FALSE, INFINITE);
      if (stopped == WAIT_OBJECT_0) CancelIoEx(pipe, &operation);
      GetOverlappedResult(pipe, &operation, &none, TRUE);
    } else if (fault != ERROR_PIPE_CONNECTED) {  // such as a caller who is gone again
      DisconnectNamedPipe(pipe);
      stopped = WaitForSingleObject(stop_.get(), kPauseAfterFault);
      return stopped != WAIT_OBJECT_0 && wait_for_caller(pipe);
    }
    return stopped != WAIT_OBJECT_0;
  }

  Status attend(HANDLE pipe) {
    const auto deadline = device::Deadline::in(settings_.deadline);
    const auto read_by =
        device::Deadline::in(std::min(settings_.deadline, settings_.read_deadline));
    ASSENT_TRY(const std::string body, read_body(pipe, read_by));
    ASSENT_TRY(const Caller caller, caller_at(pipe));
    const auto frame = answer_(body, caller, deadline.sooner_by(kReplyMargin));
    if (!frame) return {};
    ASSENT_CHECK(write_frame(pipe, *frame, deadline));
    // The caller closes its end when it has read all: what it has not read would be lost with ours.
    static_cast<void>(read_body(pipe, deadline));
    return {};
  }

  const PipeSettings settings_;
  const AnswerCaller answer_;
  const device::Log log_;
  const std::vector<Pipe> pipes_;
  const Event stop_;
  Attended attended_;
  std::vector<std::thread> threads_;
};

}  // namespace

Result<std::unique_ptr<PipeServer>> serve_pipe(const PipeSettings& settings, AnswerCaller answer,
                                               device::Log log) {
  ASSENT_TRY(const std::wstring name, to_utf16(settings.name));
  ASSENT_TRY(const std::wstring access, to_utf16(settings.access));
  std::vector<Pipe> pipes;
  for (int i = 0; i < settings.workers; ++i) {
    ASSENT_TRY(Pipe pipe, make_pipe(name, access, i == 0));
    pipes.push_back(std::move(pipe));
  }
  Event stop(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  if (!stop) return windows_failure("no event");
  return std::unique_ptr<PipeServer>(std::make_unique<Server>(
      settings, std::move(answer), std::move(log), std::move(pipes), std::move(stop)));
}

}  // namespace assent::windows
