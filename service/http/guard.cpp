// The two replaced calls. They work because a program's own symbols win over libc's when
// libpistache.so resolves them; server_test proves that they are in use.
#include "service/http/guard.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <ctime>

namespace assent::http::guard {
namespace {

constexpr int kSendBufferBytes = 2 * 1024 * 1024;  // Room for the largest answer (server.h)
constexpr unsigned kUnackedMs = 15000;             // A peer that is gone without a word
constexpr long kPauseNs = 20'000'000;              // No descriptor left: do not spin in accept

// The kernel's cookie of the socket that a number was given to: it tells that socket from a later
// one with the same number, so closing needs no bookkeeping.
std::array<std::atomic<std::uint64_t>, kNumbersEnd> cookies;
std::atomic<int> next_number{kLowestNumber};

std::uint64_t cookie_of(int descriptor) {
  std::uint64_t cookie = 0;
  socklen_t size = sizeof cookie;
  if (getsockopt(descriptor, SOL_SOCKET, SO_COOKIE, &cookie, &size) != 0) return 0;
  return cookie;
}

// Moves `descriptor` to the next number in turn. -1 if there is none.
int renumber(int descriptor) {
  int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, next_number.load());
  if (moved >= kNumbersEnd) {
    close(moved);
    moved = -1;
  }
  if (moved < 0) moved = fcntl(descriptor, F_DUPFD_CLOEXEC, kLowestNumber);
  if (moved >= kNumbersEnd) {
    close(moved);
    moved = -1;
  }
  close(descriptor);
  if (moved >= 0) next_number.store(moved + 1 >= kNumbersEnd ? kLowestNumber : moved + 1);
  return moved;
}

void prepare(int descriptor) {
  int size = 0;
  socklen_t length = sizeof size;
  getsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, &length);
  // Setting a size switches the kernel's own tuning off, so it is done only where that is small.
  if (size < kSendBufferBytes)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &kSendBufferBytes, sizeof kSendBufferBytes);
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &kUnackedMs, sizeof kUnackedMs);
  cookies[std::size_t(descriptor)].store(cookie_of(descriptor));
}

void pause_accepting() {
  const int error = errno;
  const timespec pause{0, kPauseNs};
  nanosleep(&pause, nullptr);
  errno = error;
}

template <class Function>
Function next_symbol(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

Status raise_descriptor_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, kNumbersEnd + 1024);
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= rlim_t{kLeastDescriptors}) return {};
  return fail(Code::Unavailable, "this process may open " + std::to_string(limit.rlim_cur) +
                                     " files and needs " + std::to_string(kLeastDescriptors) +
                                     ": raise LimitNOFILE in the systemd unit, or ulimit -Hn");
}

bool is_guarded(int descriptor) {
  if (descriptor < kLowestNumber || descriptor >= kNumbersEnd) return false;
  const std::uint64_t cookie = cookies[std::size_t(descriptor)].load();
  return cookie != 0 && cookie == cookie_of(descriptor);
}

}  // namespace assent::http::guard

namespace guard = assent::http::guard;

extern "C" int accept4(int listener, sockaddr* address, socklen_t* length, int flags) {
  using Accept4 = int (*)(int, sockaddr*, socklen_t*, int);
  static const auto real = guard::next_symbol<Accept4>("accept4");
  const int accepted = real(listener, address, length, flags);
  if (accepted < 0) {
    if (errno == EMFILE || errno == ENFILE) guard::pause_accepting();
    return accepted;
  }
  const int moved = guard::renumber(accepted);
  if (moved < 0) {
    guard::pause_accepting();
    errno = ECONNABORTED;
    return -1;
  }
  guard::prepare(moved);
  return moved;
}

extern "C" ssize_t send(int descriptor, const void* data, size_t size, int flags) {
  using Send = ssize_t (*)(int, const void*, size_t, int);
  static const auto real = guard::next_symbol<Send>("send");
  const ssize_t sent = real(descriptor, data, size, flags);
  if (sent >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) return sent;
  if (!guard::is_guarded(descriptor)) {
    errno = EAGAIN;
    return sent;
  }
  ::shutdown(descriptor, SHUT_RDWR);
  errno = EPIPE;
  return sent;
}
