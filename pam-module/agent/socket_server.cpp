// One accepting thread, a bounded queue of connections, a fixed number of workers.
#include "pam-module/agent/socket_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "core/base/text.h"
#include "pam-module/agent/frame_stream.h"

namespace assent::agent {
namespace {

constexpr int kBacklog = 64;
constexpr std::chrono::milliseconds kReplyMargin{50};  // kept back for writing the reply
constexpr std::chrono::milliseconds kPauseWithoutDescriptors{100};

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int get() const { return number_; }

 private:
  int number_;
};

struct Caller {
  Descriptor socket;
  device::Deadline reply_due;
  device::Deadline request_due;
};

Failure failed(const std::string& what) {
  return fail(Code::Unavailable, what + ": " + std::generic_category().message(errno));
}

Result<sockaddr_un> to_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path)
    return fail(Code::Invalid, "the socket's path must have 1 to 107 bytes");
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

// Takes a dead socket of that name away; leaves anything else where it is.
Status clear_the_way(const std::string& path, const sockaddr_un& address) {
  struct stat found;
  if (lstat(path.c_str(), &found) != 0) return errno == ENOENT ? Status{} : Status{failed(path)};
  if (!S_ISSOCK(found.st_mode)) return fail(Code::Conflict, path + " is there and is no socket");
  const Descriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
      errno == EAGAIN)
    return fail(Code::Conflict, "another assent-agent answers on " + path);
  if (unlink(path.c_str()) != 0) return failed(path);
  return {};
}

Result<Descriptor> listen_on(const std::string& path) {
  ASSENT_TRY(const sockaddr_un address, to_address(path));
  ASSENT_CHECK(clear_the_way(path, address));
  Descriptor listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // The mode is set on the descriptor before the name exists, so the name is never more open.
  if (listener.get() < 0 || fchmod(listener.get(), 0600) != 0 ||
      bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      chmod(path.c_str(), 0600) != 0 || listen(listener.get(), kBacklog) != 0)
    return failed(path);
  return listener;
}

bool is_trusted(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == 0 || peer.uid == geteuid();
}

class Server final : public SocketServer {
 public:
  Server(SocketSettings settings, Respond respond, device::Log log, Descriptor listener,
         Descriptor wake)
      : settings_(std::move(settings)),
        respond_(std::move(respond)),
        log_(std::move(log)),
        listener_(std::move(listener)),
        wake_(std::move(wake)) {
    for (int i = 0; i < settings_.workers; ++i) threads_.emplace_back([this] { work(); });
    threads_.emplace_back([this] { accept_all(); });
  }
  ~Server() override { stop(); }

  void stop() override {
    {
      const std::scoped_lock lock(mutex_);
      if (std::exchange(stopping_, true)) return;
    }
    eventfd_write(wake_.get(), 1);
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    unlink(settings_.path.c_str());
  }

 private:
  void accept_all() {
    pollfd items[] = {{listener_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
    for (;;) {
      if (poll(items, 2, -1) < 0 && errno != EINTR)
        return log_(device::Severity::Error, "poll failed");
      if (items[1].revents != 0) return;
      Descriptor caller(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
      if (caller.get() >= 0) {
        admit(std::move(caller));
      } else if (errno == EMFILE || errno == ENFILE) {
        poll(&items[1], 1, int(kPauseWithoutDescriptors.count()));  // the caller stays in line
      }
    }
  }

  void admit(Descriptor socket) {
    if (!is_trusted(socket.get())) return log_(device::Severity::Warning, "a peer who is not root");
    const std::scoped_lock lock(mutex_);
    if (waiting_.size() >= settings_.waiting)
      return log_(device::Severity::Warning, "too many logins at once: one was turned away");
    waiting_.push_back(
        {std::move(socket), device::Deadline::in(settings_.deadline),
         device::Deadline::in(std::min(settings_.deadline, settings_.read_deadline))});
    changed_.notify_one();
  }

  std::optional<Caller> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return std::nullopt;
    Caller caller = std::move(waiting_.front());
    waiting_.pop_front();
    return caller;
  }

  void work() {
    while (auto caller = next()) {
      const Status status = attend(*caller);
      if (!status) log_(device::Severity::Debug, "a caller: " + one_line(status.error().message));
    }
  }

  Status attend(const Caller& caller) {
    ASSENT_TRY(const std::string body, read_frame(caller.socket.get(), caller.request_due));
    const auto frame = respond_(body, caller.reply_due.sooner_by(kReplyMargin));
    if (!frame) return {};
    return write_all(caller.socket.get(), *frame, caller.reply_due);
  }

  const SocketSettings settings_;
  const Respond respond_;
  const device::Log log_;
  const Descriptor listener_, wake_;
  std::mutex mutex_;  // guards stopping_ and waiting_
  std::condition_variable changed_;
  bool stopping_ = false;
  std::deque<Caller> waiting_;
  std::vector<std::thread> threads_;
};

}  // namespace

Result<std::unique_ptr<SocketServer>> serve(const SocketSettings& settings, Respond respond,
                                            device::Log log) {
  ASSENT_TRY(Descriptor listener, listen_on(settings.path));
  Descriptor wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (wake.get() < 0) return failed("eventfd");
  return std::unique_ptr<SocketServer>(std::make_unique<Server>(
      settings, std::move(respond), std::move(log), std::move(listener), std::move(wake)));
}

}  // namespace assent::agent
