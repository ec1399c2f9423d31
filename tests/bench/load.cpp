#include "tests/bench/load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <memory>

namespace assent::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr int kDeadlineMs = 15'000;  // nothing at all happens for so long: give up

Failure broken(std::string what) {
  return fail(Code::Unavailable, "the load: " + std::move(what));
}

class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    if (socket_ >= 0) close(socket_);
  }

  Status open(std::uint16_t port) {
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
      return broken("cannot connect");
    return {};
  }
  int descriptor() const { return socket_; }

  Status send(std::size_t number, const std::string& request) {
    number_ = number;
    sent_ = SteadyClock::now();
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size()))
      return broken("cannot send");
    return {};
  }

  // True when the whole answer is here.
  Result<bool> receive() {
    char piece[16 * 1024];
    const ssize_t size = recv(socket_, piece, sizeof piece, 0);
    if (size <= 0) return broken("the server closed a connection");
    in_.append(piece, std::size_t(size));
    if (head_ == 0) {
      const std::size_t end = in_.find("\r\n\r\n");
      if (end == in_.npos) return false;
      head_ = end + 4;
      ASSENT_TRY(length_, length_in(std::string_view{in_}.substr(0, end)));
    }
    return in_.size() >= head_ + length_;
  }

  bool is_good() const { return in_.starts_with("HTTP/1.1 200 "); }
  std::string_view body() const { return std::string_view{in_}.substr(head_); }
  std::size_t number() const { return number_; }
  double ms() const {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - sent_).count();
  }
  void forget() { in_.clear(), head_ = 0; }

 private:
  static Result<std::size_t> length_in(std::string_view head) {
    constexpr std::string_view kName = "\r\nContent-Length: ";
    const std::size_t at = head.find(kName);
    std::size_t length = 0;
    if (at == head.npos) return broken("an answer has no Content-Length");
    std::from_chars(head.data() + at + kName.size(), head.data() + head.size(), length);
    return length;
  }

  int socket_ = -1;
  std::size_t number_ = 0, head_ = 0, length_ = 0;
  std::string in_;
  SteadyClock::time_point sent_;
};

class Runner {
 public:
  explicit Runner(const Load& load) : load_(load), poll_(epoll_create1(EPOLL_CLOEXEC)) {}
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  ~Runner() { close(poll_); }

  Result<Measured> run() {
    for (std::size_t i = 0; i < std::min(load_.connections, load_.requests); ++i)
      ASSENT_CHECK(open());
    const auto start = SteadyClock::now();
    for (const auto& connection : connections_) ASSENT_CHECK(send_next(*connection));
    while (measured_.ms.size() < load_.requests) ASSENT_CHECK(take());
    measured_.seconds = std::chrono::duration<double>(SteadyClock::now() - start).count();
    std::ranges::sort(measured_.ms);
    return std::move(measured_);
  }

 private:
  Status open() {
    auto& connection = connections_.emplace_back(std::make_unique<Connection>());
    ASSENT_CHECK(connection->open(load_.port));
    epoll_event event{.events = EPOLLIN, .data = {.ptr = connection.get()}};
    if (epoll_ctl(poll_, EPOLL_CTL_ADD, connection->descriptor(), &event) != 0)
      return broken("cannot wait for a connection");
    return {};
  }

  Status send_next(Connection& connection) {
    if (next_ == load_.requests) return {};
    const std::string body = load_.body(next_);
    return connection.send(
        next_++, "POST " + load_.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " +
                     load_.bearer + "\r\nContent-Type: application/json\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body);
  }

  Status take() {
    epoll_event events[64];
    const int count = epoll_wait(poll_, events, 64, kDeadlineMs);
    if (count <= 0) return broken("the server does not answer");
    for (int i = 0; i < count; ++i)
      ASSENT_CHECK(hear(*static_cast<Connection*>(events[i].data.ptr)));
    return {};
  }

  Status hear(Connection& connection) {
    ASSENT_TRY(const bool whole, connection.receive());
    if (!whole) return {};
    measured_.ms.push_back(connection.ms());
    if (!connection.is_good()) return broken("refused: " + std::string(connection.body()));
    if (load_.heard) ASSENT_CHECK(load_.heard(connection.number(), connection.body()));
    connection.forget();
    return send_next(connection);
  }

  const Load& load_;
  const int poll_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::size_t next_ = 0;
  Measured measured_;
};

}  // namespace

double Measured::quantile(double part) const {
  if (ms.empty()) return 0;
  return ms[std::min(ms.size() - 1, std::size_t(part * double(ms.size())))];
}

Result<Measured> run(const Load& load) {
  return Runner(load).run();
}

}  // namespace assent::bench
