#include "pam-module/module/agent_client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/wire/agent_message.h"

namespace assent::pam {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBacklogPause{10};  // AF_UNIX says EAGAIN, and no poll() waits for room

Failure unavailable(const char* what) {
  return fail(Code::Unavailable, std::string(what));
}

milliseconds left(Deadline deadline) {
  const auto rest = deadline - std::chrono::steady_clock::now();
  return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(rest));
}

class Connection {
 public:
  explicit Connection(Deadline deadline)
      : number_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)),
        deadline_(deadline) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    if (number_ >= 0) close(number_);
  }

  Status open(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (number_ < 0 || path.size() >= sizeof address.sun_path) return unavailable("no socket");
    std::ranges::copy(path, address.sun_path);
    while (connect(number_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      if (errno != EAGAIN && errno != EINTR) return unavailable("no agent listens");
      if (left(deadline_) == milliseconds(0)) return unavailable("the agent is too busy");
      poll(nullptr, 0, static_cast<int>(kBacklogPause.count()));
    }
    return check_peer();
  }

  Status send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
      if (sent < 0) ASSENT_CHECK(wait(POLLOUT));
    }
    return {};
  }

  Result<std::string> receive(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t have = 0; have < size;) {
      const ssize_t got = recv(number_, bytes.data() + have, size - have, 0);
      if (got == 0) return unavailable("the agent hung up");
      if (got > 0) have += static_cast<std::size_t>(got);
      if (got < 0) ASSENT_CHECK(wait(POLLIN));
    }
    return bytes;
  }

 private:
  Status check_peer() {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (getsockopt(number_, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
      return unavailable("the agent's user is not known");
    if (peer.uid != 0 && peer.uid != geteuid()) return unavailable("that is not root's agent");
    return {};
  }

  // Right after a call that failed: waits if it was only too early.
  Status wait(short events) {
    if (errno != EAGAIN && errno != EINTR) return unavailable("the agent broke off");
    const auto rest = left(deadline_);
    pollfd event{number_, events, 0};
    if (rest == milliseconds(0)) return unavailable("the agent did not answer in time");
    if (poll(&event, 1, static_cast<int>(rest.count())) < 0 && errno != EINTR)
      return unavailable("the agent cannot be waited for");
    return {};
  }

  int number_;
  Deadline deadline_;
};

}  // namespace

Result<std::string> exchange(const std::string& socket, const std::string& frame,
                             Deadline deadline) {
  Connection connection(deadline);
  ASSENT_CHECK(connection.open(socket));
  ASSENT_CHECK(connection.send(frame));
  ASSENT_TRY(const std::string header, connection.receive(wire::kFrameHeader));
  ASSENT_TRY(const std::size_t size, wire::frame_length(header));
  return connection.receive(size);
}

Status send_only(const std::string& socket, const std::string& frame, Deadline deadline) {
  Connection connection(deadline);
  ASSENT_CHECK(connection.open(socket));
  return connection.send(frame);
}

}  // namespace assent::pam
