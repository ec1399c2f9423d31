#pragma once
// The Unix socket that pam_assent.so speaks to: frames in, frames out, one request a connection.
// It knows who may connect, limits and deadlines, and nothing of what is said.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/device/deadline.h"
#include "core/device/log.h"

namespace assent::agent {

struct SocketSettings {
  std::string path;  // mode 0600; a socket left behind by an earlier run is replaced
  std::chrono::milliseconds deadline{3000};       // for the reply, from the moment of connection
  std::chrono::milliseconds read_deadline{1000};  // for the whole request to arrive
  int workers = 8;
  std::size_t waiting = 64;  // connections accepted while all workers are busy; more are closed
};

// The body of a request to a whole frame, by the deadline; nothing: close without a reply.
// Called on any worker's thread.
using Respond =
    std::function<std::optional<std::string>(std::string_view body, device::Deadline deadline)>;

class SocketServer {
 public:
  virtual ~SocketServer() = default;
  // No more connections; returns when those accepted are done, at most the deadline later. Once.
  virtual void stop() = 0;
};

// Serves at once. Peers are root and our own user, nobody else. Conflict if another process
// answers on the socket, Unavailable if it cannot be made. Blocks no signal and handles none.
Result<std::unique_ptr<SocketServer>> serve(const SocketSettings& settings, Respond respond,
                                            device::Log log);

}  // namespace assent::agent
