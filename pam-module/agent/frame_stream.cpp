// poll() before every read and write, so that no peer can hold a worker.
#include "pam-module/agent/frame_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "core/wire/agent_message.h"

namespace assent::agent {
namespace {

Status wait_for(int socket, short events, device::Deadline deadline) {
  pollfd item{socket, events, 0};
  for (;;) {
    const int ready = poll(&item, 1, deadline.left_ms());
    if (ready > 0) return {};
    if (ready == 0) return fail(Code::Unavailable, "the module was too slow");
    if (errno != EINTR) return fail(Code::Unavailable, "poll failed");
  }
}

// What recv() and send() gave: 0 to try again.
Result<std::size_t> moved(ssize_t count, bool reading) {
  if (count > 0) return std::size_t(count);
  if (count == 0 && reading) return fail(Code::Unavailable, "the module closed in mid-frame");
  if (errno == EAGAIN || errno == EINTR) return std::size_t(0);
  return fail(Code::Unavailable, "the module is gone");
}

Result<std::string> read_exactly(int socket, std::size_t size, device::Deadline deadline) {
  std::string out;
  while (out.size() < size) {
    char buffer[4096];
    const std::size_t want = std::min(size - out.size(), sizeof buffer);
    ASSENT_CHECK(wait_for(socket, POLLIN, deadline));
    ASSENT_TRY(const std::size_t got, moved(recv(socket, buffer, want, 0), true));
    out.append(buffer, got);
  }
  return out;
}

}  // namespace

Result<std::string> read_frame(int socket, device::Deadline deadline) {
  ASSENT_TRY(const std::string header, read_exactly(socket, wire::kFrameHeader, deadline));
  ASSENT_TRY(const std::size_t length, wire::frame_length(header));
  return read_exactly(socket, length, deadline);
}

Status write_all(int socket, std::string_view bytes, device::Deadline deadline) {
  while (!bytes.empty()) {
    ASSENT_CHECK(wait_for(socket, POLLOUT, deadline));
    ASSENT_TRY(const std::size_t sent,
               moved(send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL), false));
    bytes.remove_prefix(sent);
  }
  return {};
}

}  // namespace assent::agent
