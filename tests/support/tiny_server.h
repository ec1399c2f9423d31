#pragma once
// A TCP server on 127.0.0.1 whose every answer a test writes byte by byte: for clients that must
// survive servers that no HTTP library would produce. Not a server for anything else.

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace assent::testing {

class Connection {
 public:
  Connection(int socket, const std::atomic<bool>& stopping)
      : socket_(socket), stopping_(stopping) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { close(socket_); }

  // One whole request, head and body; empty when the client closed or the test is over.
  std::string read_request() {
    std::string request;
    while (!is_whole(request)) {
      char buffer[4096];
      if (!wait(POLLIN)) return {};
      const ssize_t got = recv(socket_, buffer, sizeof buffer, 0);
      if (got <= 0) return {};
      request.append(buffer, std::size_t(got));
    }
    return request;
  }
  // False when the client has gone.
  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      if (!wait(POLLOUT)) return false;
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(std::size_t(sent));
    }
    return true;
  }
  bool reply(int status, std::string_view body, std::string_view more_headers = "") {
    return write("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: application/json\r\n" +
                 std::string(more_headers) + "Content-Length: " + std::to_string(body.size()) +
                 "\r\n\r\n" + std::string(body));
  }
  // Says nothing until the client closes or the test is over.
  void hang() {
    char byte;
    while (wait(POLLIN) && recv(socket_, &byte, 1, 0) > 0) continue;
  }
  // Writes `byte` every `gap_ms` until the client closes or the test is over.
  void drip(char byte, int gap_ms) {
    do poll(nullptr, 0, gap_ms);
    while (!stopping_ && write({&byte, 1}));
  }
  // The next close sends RST.
  void reset_on_close() {
    const linger now{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }

 private:
  bool wait(short events) {
    pollfd item{socket_, events, 0};
    while (!stopping_)
      if (poll(&item, 1, 20) > 0) return true;
    return false;
  }
  static bool is_whole(const std::string& request) {
    const auto end = request.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const auto length = request.find("Content-Length: ");
    const std::size_t body = length < end ? std::stoul(request.substr(length + 16)) : 0;
    return request.size() >= end + 4 + body;
  }
  int socket_;
  const std::atomic<bool>& stopping_;
};

class TinyServer {
 public:
  using Serve = std::function<void(Connection&)>;

  explicit TinyServer(Serve serve) : serve_(std::move(serve)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(listener_, 16) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("no loopback socket");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~TinyServer() {
    stopping_ = true;
    acceptor_.join();
    for (std::thread& worker : workers_) worker.join();
    close(listener_);
  }
  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int connections() const { return connections_; }

 private:
  void accept_all() {
    pollfd item{listener_, POLLIN, 0};
    while (!stopping_) {
      if (poll(&item, 1, 20) <= 0) continue;
      const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) continue;
      ++connections_;
      workers_.emplace_back([this, socket] {
        Connection connection(socket, stopping_);
        serve_(connection);
      });
    }
  }
  Serve serve_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> connections_ = 0;
  std::vector<std::thread> workers_;  // the acceptor's until it is joined
  std::thread acceptor_;
};

}  // namespace assent::testing
