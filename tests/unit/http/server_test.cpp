// The server over real loopback sockets: the faults that the guard and the reader are there for.
#include "service/http/server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "service/http/guard.h"

namespace assent::http {
namespace {

class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer > 0)
      setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_open_ = connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    wait_at_most(5000);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool is_open() const { return is_open_; }
  void wait_at_most(int ms) {
    const timeval limit{ms / 1000, (ms % 1000) * 1000};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  void say(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(std::size_t(sent));
    }
  }
  // One piece; empty at the end or when nothing came.
  std::string hear() {
    char piece[65536];
    const auto got = recv(socket_, piece, sizeof piece, 0);
    return got > 0 ? std::string(piece, std::size_t(got)) : "";
  }
  std::string hear_until(std::string_view end) {
    std::string all;
    while (all.find(end) == std::string::npos) {
      const auto piece = hear();
      if (piece.empty()) break;
      all += piece;
    }
    return all;
  }
  std::string hear_all() { return hear_until("\x01 never"); }

 private:
  int socket_ = -1;
  bool is_open_ = false;
};

std::string asked_for(std::string_view path, std::string_view more = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(more) + "\r\n";
}

std::unique_ptr<Server> start(Handler handler, int threads = 1, std::string edge_secret = "") {
  ServerSettings settings;
  settings.port = 0;
  settings.threads = threads;
  settings.edge_secret = std::move(edge_secret);
  return serve(settings, std::move(handler)).value();
}

// Answers "<path>", whose end a reader knows.
void echo(const Request& request, Respond respond) {
  respond({200, "text/plain", "<" + request.path + ">", 0});
}

int count(std::string_view text, std::string_view part) {
  int n = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// Keeps the answers back until they are asked for.
class Later {
 public:
  Handler handler() {
    return [this](const Request&, Respond respond) {
      const std::lock_guard lock(mutex_);
      waiting_ = std::move(respond);
      changed_.notify_all();
    };
  }
  Respond take() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(5), [this] { return waiting_ != nullptr; });
    return std::exchange(waiting_, nullptr);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  Respond waiting_;
};

TEST(Server, KeepsTheConnectionAndSaysSo) {
  auto server = start(echo);
  Client client(server->port());
  for (int i = 0; i < 3; ++i) {
    client.say(asked_for("/a"));
    const auto heard = client.hear_until("</a>");
    EXPECT_NE(heard.find("HTTP/1.1 200 OK\r\n"), heard.npos);
    EXPECT_NE(heard.find("Connection: keep-alive\r\n"), heard.npos);
    EXPECT_NE(heard.find("X-Content-Type-Options: nosniff\r\n"), heard.npos);
    EXPECT_NE(heard.find("Cache-Control: no-store\r\n"), heard.npos);
  }
  client.say(asked_for("/b", "Connection: close\r\n"));
  EXPECT_NE(client.hear_all().find("Connection: close\r\n"), std::string::npos);
}

TEST(Server, AnswersFromAnotherThreadOnce) {
  Later later;
  auto server = start(later.handler());
  Client client(server->port());
  client.say(asked_for("/a"));
  auto respond = later.take();
  std::thread([respond] {
    respond({200, "text/plain", "<first>", 0});
    respond({200, "text/plain", "<second>", 0});
  }).join();
  EXPECT_NE(client.hear_until("<first>").find("<first>"), std::string::npos);
  client.say(asked_for("/b"));
  later.take()({503, "text/plain", "<third>", 7});
  const auto heard = client.hear_until("<third>");
  EXPECT_EQ(heard.find("<second>"), heard.npos);
  EXPECT_NE(heard.find("Retry-After: 7\r\n"), heard.npos);
}

TEST(Server, HidesWhatAHandlerThrowsOrForgets) {
  auto server = start([](const Request& request, Respond respond) {
    if (request.path == "/int") throw 42;
    if (request.path == "/error") throw std::runtime_error("secret detail");
    if (request.path == "/big")
      respond({200, "text/plain", std::string(kMaxResponseBytes + 1, 'x'), 0});
  });
  for (const auto* path : {"/int", "/error", "/forgotten", "/big"}) {
    Client client(server->port());
    client.say(asked_for(path));
    const auto heard = client.hear_until("\"}");
    EXPECT_NE(heard.find("HTTP/1.1 500 "), heard.npos) << path << heard;
    EXPECT_NE(heard.find("urn:assent:internal"), heard.npos) << path;
    EXPECT_EQ(heard.find("secret"), heard.npos);
  }
}

TEST(Server, EndsTheConnectionAfterARefusal) {
  auto server = start(echo);
  const std::string smuggled = asked_for("/smuggled");
  for (const auto& bytes :
       {"GET /" + std::string(60000, '/') + " HTTP/1.1\r\n\r\n",
        "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 3\r\n\r\nhello" +
            smuggled,
        "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n" + smuggled,
        "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled}) {
    Client client(server->port());
    client.say(bytes);
    client.say(smuggled);
    const auto heard = client.hear_all();
    EXPECT_NE(heard.find("HTTP/1.1 4"), heard.npos);
    EXPECT_EQ(count(heard, "HTTP/1.1 "), 1);
    EXPECT_EQ(heard.find("smuggled"), heard.npos);
  }
  Client after(server->port());
  after.say(asked_for("/alive"));
  EXPECT_NE(after.hear_until("</alive>").find("</alive>"), std::string::npos);
}

TEST(Server, AnswersThePipelinedFirstAndCloses) {
  auto server = start(echo);
  Client client(server->port());
  client.say(asked_for("/one") + asked_for("/two"));
  const auto heard = client.hear_all();
  EXPECT_NE(heard.find("</one>"), heard.npos);
  EXPECT_NE(heard.find("Connection: close\r\n"), heard.npos);
  EXPECT_EQ(count(heard, "HTTP/1.1 "), 1);
}

TEST(Server, SurvivesAClientThatLeftBeforeTheAnswer) {
  Later later;
  auto server = start(later.handler());
  Respond respond;
  {
    Client client(server->port());
    client.say(asked_for("/a"));
    respond = later.take();
  }
  respond({200, "text/plain", "<late>", 0});
  Client client(server->port());
  client.say(asked_for("/b"));
  later.take()({200, "text/plain", "<mine>", 0});
  EXPECT_EQ(client.hear_until("<mine>").find("<late>"), std::string::npos);
  client.say(asked_for("/c"));
  respond = later.take();
  server.reset();
  respond({200, "text/plain", "<after the server>", 0});
}

TEST(Server, DrainsBeforeItStops) {
  Later later;
  auto server = start(later.handler());
  Client client(server->port());
  client.say(asked_for("/a"));
  auto respond = later.take();
  std::thread stopping([&server] { server->stop(5000); });
  std::string refused;  // Until the stop has begun, requests still reach the handler
  while (refused.find("503") == refused.npos) {
    Client late(server->port());
    late.say(asked_for("/late"));
    late.wait_at_most(50);
    refused = late.hear();
  }
  respond({200, "text/plain", "<drained>", 0});
  EXPECT_NE(client.hear_until("<drained>").find("<drained>"), std::string::npos);
  stopping.join();
}

TEST(Server, CutsOffAClientThatDoesNotReadAndServesTheOthers) {
  auto server = start([](const Request& request, Respond respond) {
    const bool is_big = request.path == "/big";
    respond({200, "text/plain", is_big ? std::string(500'000, 'x') : "<small>", 0});
  });
  Client slow(server->port(), 4096);
  // One at a time: the next is sent when the server has taken the last.
  for (int i = 0; i < 20; ++i) {
    slow.say(asked_for("/big"));
    Client other(server->port());
    other.say(asked_for("/small"));
    ASSERT_NE(other.hear_until("<small>").find("<small>"), std::string::npos) << i;
  }
  EXPECT_LT(slow.hear_all().size(), 20u * 500'000u);
}

TEST(Server, NeverGivesOneClientTheAnswerOfAnother) {
  auto server = start(echo);
  const auto port = server->port();
  std::atomic<int> wrong{0}, served{0};
  const auto leave = [port] {
    for (int i = 0; i < 1500; ++i) Client(port).say(asked_for("/secret"));
  };
  const auto stay = [&] {
    for (int i = 0; i < 300; ++i) {
      Client client(port);
      client.wait_at_most(2);
      if (!client.hear().empty()) ++wrong;  // It has asked for nothing
      client.wait_at_most(5000);
      client.say(asked_for("/mine"));
      const auto heard = client.hear_until("</mine>");
      if (heard.find("secret") != heard.npos) ++wrong;
      if (heard.find("</mine>") != heard.npos) ++served;
    }
  };
  std::thread threads[] = {std::thread(leave), std::thread(leave), std::thread(stay),
                           std::thread(stay)};
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(served, 600);
}

TEST(Server, BelievesAnAddressFromTheEdgeOnly) {
  auto server = start(
      [](const Request& request, Respond respond) {
        respond({200, "text/plain", "<" + request.peer + ">", 0});
      },
      1, "s3cret");
  const auto peer = [&server](std::string_view headers) {
    Client client(server->port());
    client.say(asked_for("/", headers));
    const auto heard = client.hear_until(">");
    return heard.substr(heard.rfind('<'));
  };
  EXPECT_EQ(peer("X-Assent-Edge: s3cret\r\nX-Assent-Client: 10.1.2.3\r\n"), "<10.1.2.3>");
  EXPECT_EQ(peer("X-Assent-Edge: s3cret\r\nX-Assent-Client: ::ffff:10.1.2.3\r\n"), "<10.1.2.3>");
  EXPECT_EQ(peer("X-Assent-Edge: wrong!\r\nX-Assent-Client: 10.1.2.3\r\n"), "<127.0.0.1>");
  EXPECT_EQ(peer("X-Assent-Client: 10.1.2.3\r\n"), "<127.0.0.1>");
  EXPECT_EQ(peer("X-Assent-Edge: s3cret\r\nX-Assent-Client: <script>\r\n"), "<127.0.0.1>");
}

TEST(Server, ListensOnLoopbackOnly) {
  for (const auto* address : {"0.0.0.0", "::", "192.168.1.1", "localhost", ""}) {
    ServerSettings settings;
    settings.address = address;
    const auto server = serve(settings, echo);
    ASSERT_FALSE(server) << address;
    EXPECT_EQ(server.error().code, Code::Invalid);
  }
}

TEST(Server, SaysThatThePortIsTaken) {
  auto first = start(echo);
  ServerSettings settings;
  settings.port = first->port();
  const auto second = serve(settings, echo);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::Unavailable);
}

[[noreturn]] void raise_with_few_descriptors() {
  const rlimit few{4096, 4096};
  setrlimit(RLIMIT_NOFILE, &few);
  const auto status = guard::raise_descriptor_limit();
  _exit(!status && status.error().message.find("8192") != std::string::npos ? 0 : 1);
}

TEST(Guard, RefusesTooFewDescriptors) {
  EXPECT_EXIT(raise_with_few_descriptors(), testing::ExitedWithCode(0), "");
}

TEST(Guard, GivesHighNumbersToAcceptedSocketsOnly) {
  ASSERT_TRUE(guard::raise_descriptor_limit());
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_EQ(listen(listener, 1), 0);
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  Client client(ntohs(address.sin_port));
  const int accepted = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
  EXPECT_GE(accepted, guard::kLowestNumber);
  EXPECT_TRUE(guard::is_guarded(accepted));
  EXPECT_FALSE(guard::is_guarded(listener));
  // The same number for a socket that was not accepted.
  ASSERT_EQ(dup2(listener, accepted), accepted);
  EXPECT_FALSE(guard::is_guarded(accepted));
  close(accepted);
  close(listener);
}

}  // namespace
}  // namespace assent::http
