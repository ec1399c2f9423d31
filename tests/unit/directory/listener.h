#pragma once
// A port of this machine at which somebody listens and says nothing.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace assent::directory {

// At 127.0.0.1 alone; at 127.0.0.2 nobody is.
struct Listener {
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port = 0;

  explicit Listener(int backlog = 8) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    auto* const address = reinterpret_cast<sockaddr*>(&here);
    EXPECT_EQ(::bind(socket, address, size), 0);
    EXPECT_EQ(::listen(socket, backlog), 0);
    EXPECT_EQ(::getsockname(socket, address, &size), 0);
    port = ntohs(here.sin_port);
  }
  ~Listener() { ::close(socket); }
};

}  // namespace assent::directory
