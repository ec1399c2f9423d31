#include "service/directory/watchdog.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace assent::directory {

using Steady = std::chrono::steady_clock;

Watchdog::Watchdog() : thread_([this] { watch(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
  if (socket_ >= 0) ::close(socket_);
}

void Watchdog::begin(std::chrono::milliseconds limit) {
  const std::lock_guard lock(mutex_);
  bitten_ = false;
  deadline_ = Steady::now() + limit;
  changed_.notify_one();
}

bool Watchdog::end() {
  const std::lock_guard lock(mutex_);
  deadline_ = Steady::time_point::max();
  return bitten_;
}

bool Watchdog::opened(int descriptor) {
  const std::lock_guard lock(mutex_);
  socket_ = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  return socket_ >= 0;
}

void Watchdog::shut() {
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

void Watchdog::watch() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    const auto until = deadline_;
    if (until == Steady::time_point::max())
      changed_.wait(lock);
    else
      changed_.wait_until(lock, until);
    if (Steady::now() < deadline_) continue;
    deadline_ = Steady::time_point::max();
    bitten_ = true;
    shut();
  }
}

}  // namespace assent::directory
