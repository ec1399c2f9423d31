#include "service/directory/connect.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

#include <system_error>

namespace assent::directory {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kIdleSeconds = 60, kProbes = 3, kProbeSeconds = 10;

Failure no_connection(int error) {
  if (error == ETIMEDOUT) return fail(Code::Unavailable, "no answer in time");
  return fail(Code::Unavailable,
              "the server cannot be reached: " + std::system_category().message(error));
}

void set_port(sockaddr_storage& where, std::uint16_t port) {
  if (where.ss_family == AF_INET6)
    reinterpret_cast<sockaddr_in6&>(where).sin6_port = htons(port);
  else
    reinterpret_cast<sockaddr_in&>(where).sin_port = htons(port);
}

// A peer that has gone without a word is found out.
bool set_options(int socket, milliseconds limit) {
  const auto set = [&](int level, int option, int value) {
    return ::setsockopt(socket, level, option, &value, sizeof value) == 0;
  };
  return set(SOL_SOCKET, SO_KEEPALIVE, 1) && set(IPPROTO_TCP, TCP_KEEPIDLE, kIdleSeconds) &&
         set(IPPROTO_TCP, TCP_KEEPCNT, kProbes) && set(IPPROTO_TCP, TCP_KEEPINTVL, kProbeSeconds) &&
         set(IPPROTO_TCP, TCP_NODELAY, 1) && set(IPPROTO_TCP, TCP_USER_TIMEOUT, int(limit.count()));
}

// What became of a connection under way: 0, or an errno.
int wait_for(int socket, Steady::time_point end) {
  pollfd waiting{socket, POLLOUT, 0};
  int ready = 0;
  do {
    const auto left = std::chrono::ceil<milliseconds>(end - Steady::now());
    ready = ::poll(&waiting, 1, int(std::max(left, milliseconds{0}).count()));
  } while (ready < 0 && errno == EINTR);
  if (ready < 0) return errno;
  if (ready == 0) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

// 0, or an errno.
int connect_one(int socket, const Address& address, std::uint16_t port, Steady::time_point end) {
  sockaddr_storage where = address.where;
  set_port(where, port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&where), address.length) != 0) {
    if (errno != EINPROGRESS) return errno;
    if (const int error = wait_for(socket, end); error != 0) return error;
  }
  const int flags = ::fcntl(socket, F_GETFL);
  return ::fcntl(socket, F_SETFL, flags & ~O_NONBLOCK) == 0 ? 0 : errno;
}

}  // namespace

Result<int> connect_to(std::span<const Address> addresses, std::uint16_t port, milliseconds limit) {
  const auto end = Steady::now() + limit;
  int error = EADDRNOTAVAIL;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto now = Steady::now();
    const auto share = (end - now) / std::ptrdiff_t(addresses.size() - i);
    const int socket =
        ::socket(addresses[i].where.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0) {
      error = errno;
      continue;
    }
    error =
        set_options(socket, limit) ? connect_one(socket, addresses[i], port, now + share) : errno;
    if (error == 0) return socket;
    ::close(socket);
  }
  return no_connection(error);
}

}  // namespace assent::directory
