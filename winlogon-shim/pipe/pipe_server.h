#pragma once
// The service's end of the pipe: one request a connection, each caller known by its token.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/device/deadline.h"
#include "core/device/log.h"
#include "winlogon-shim/domain/caller.h"
#include "winlogon-shim/domain/pipe_access.h"

namespace assent::windows {

inline constexpr char kPipeName[] = "\\\\.\\pipe\\Assent.Logon";

struct PipeSettings {
  std::string name = kPipeName;
  int workers = 16;                               // callers at once; more wait for a free one
  std::chrono::milliseconds deadline{3000};       // for each whole exchange
  std::chrono::milliseconds read_deadline{1000};  // of it, for reading the request
  unsigned share = 4;  // of the workers, for one of Windows' sessions: more are sent away
  std::string access = pipe_access("", {});
};

// The reply's frame, or nothing where there is none. Any thread.
using AnswerCaller = std::function<std::optional<std::string>(
    const std::string& body, const Caller& caller, device::Deadline deadline)>;

class PipeServer {
 public:
  virtual ~PipeServer() = default;  // stops
};

// Serves until the result is destroyed. Conflict if somebody else has the pipe already. People who
// are logged on at this machine may connect, and nobody over the network.
Result<std::unique_ptr<PipeServer>> serve_pipe(const PipeSettings& settings, AnswerCaller answer,
                                               device::Log log);

}  // namespace assent::windows
