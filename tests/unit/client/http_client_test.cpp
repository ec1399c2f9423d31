#include "core/client/http_client.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

#include "tests/support/tiny_server.h"

namespace assent {
namespace {

using testing::Connection;
using testing::TinyServer;

constexpr int kDeadlineMs = 300;

HttpClient client(const std::string& url) {
  return HttpClient::make({.base_url = url, .deadline_ms = kDeadlineMs, .max_reply_bytes = 10'000})
      .value();
}

struct Tried {
  Result<HttpReply> reply;
  std::chrono::milliseconds took;
};

Tried post(const HttpClient& client) {
  const auto start = std::chrono::steady_clock::now();
  auto reply = client.send({.method = "POST", .path = "/v1/gate/check", .body = "{}"});
  return {std::move(reply), std::chrono::duration_cast<std::chrono::milliseconds>(
                                std::chrono::steady_clock::now() - start)};
}

// No reply, and not long after the deadline: the machine may be slow, not for seconds.
void expect_unavailable(const Tried& tried, const std::string& words) {
  ASSERT_FALSE(tried.reply) << words;
  EXPECT_EQ(tried.reply.error().code, Code::Unavailable);
  EXPECT_NE(tried.reply.error().message.find(words), std::string::npos)
      << tried.reply.error().message;
  EXPECT_LT(tried.took.count(), kDeadlineMs + 2000);
}

TEST(HttpClient, SendsWhatItIsGivenAndReturnsWhatCame) {
  std::string seen;
  TinyServer server([&](Connection& connection) {
    seen = connection.read_request();
    connection.reply(409, "{\"a\":1}");
  });
  const auto reply = client(server.url())
                         .send({.method = "POST",
                                .path = "/v1/x?dry_run=1",
                                .body = "{\"b\":2}",
                                .bearer = "secret"});
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->status, 409);
  EXPECT_EQ(reply->body, "{\"a\":1}");
  EXPECT_EQ(reply->content_type, "application/json");
  EXPECT_TRUE(seen.starts_with("POST /v1/x?dry_run=1 HTTP/1.1\r\n")) << seen;
  EXPECT_NE(seen.find("Authorization: Bearer secret\r\n"), std::string::npos);
  EXPECT_NE(seen.find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_TRUE(seen.ends_with("\r\n\r\n{\"b\":2}")) << seen;
}

TEST(HttpClient, KeepsTheConnectionBetweenCalls) {
  TinyServer server([](Connection& connection) {
    while (!connection.read_request().empty()) connection.reply(200, "{}");
  });
  const HttpClient one = client(server.url());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(post(one).reply);
  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, AsksAgainOnANewConnectionWhenAnOldOneWasClosed) {
  TinyServer server([](Connection& connection) {
    connection.read_request();
    connection.reply(200, "{}");  // and closes, without having said so
  });
  const HttpClient one = client(server.url());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(post(one).reply);
}

TEST(HttpClient, ForgetsTheBodyOfThePostBefore) {
  std::string seen;
  TinyServer server([&](Connection& connection) {
    while (!(seen = connection.read_request()).empty()) {
      const std::string copy = seen;
      connection.reply(200, copy.starts_with("GET") && copy.ends_with("\r\n\r\n") ? "{}" : "x");
    }
  });
  const HttpClient one = client(server.url());
  EXPECT_EQ(post(one).reply.value().body, "x");
  EXPECT_EQ(one.send({.method = "GET", .path = "/"}).value().body, "{}");
}

TEST(HttpClient, GivesUpOnAServerThatHangs) {
  TinyServer server([](Connection& connection) { connection.hang(); });
  expect_unavailable(post(client(server.url())), "did not answer within 300 ms");
}

TEST(HttpClient, GivesUpOnAServerThatDripsAHeader) {
  TinyServer server([](Connection& connection) {
    connection.write("HTTP/1.1 200 OK\r\nX: ");
    connection.drip('a', 20);
  });
  expect_unavailable(post(client(server.url())), "did not answer within 300 ms");
}

TEST(HttpClient, GivesUpOnAServerThatDripsABody) {
  TinyServer server([](Connection& connection) {
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n");
    connection.drip('a', 20);
  });
  expect_unavailable(post(client(server.url())), "did not answer within 300 ms");
}

TEST(HttpClient, TakesTheShorterDeadlineOfACall) {
  TinyServer server([](Connection& connection) { connection.hang(); });
  const auto reply = client(server.url()).send({.method = "GET", .path = "/", .deadline_ms = 50});
  ASSERT_FALSE(reply);
  EXPECT_NE(reply.error().message.find("within 50 ms"), std::string::npos);
}

TEST(HttpClient, RefusesAReplyOverTheLimit) {
  TinyServer server([](Connection& connection) {
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n");
    while (connection.write(std::string(65536, 'x'))) continue;
  });
  expect_unavailable(post(client(server.url())), "sent more than 10000 bytes");
}

TEST(HttpClient, RefusesEndlessHeaders) {
  TinyServer server([](Connection& connection) {
    connection.write("HTTP/1.1 200 OK\r\n");
    while (connection.write("X-Y: " + std::string(1000, 'x') + "\r\n")) continue;
  });
  EXPECT_FALSE(post(client(server.url())).reply);
}

TEST(HttpClient, RefusesGarbage) {
  TinyServer server([](Connection& connection) {
    connection.write(std::string("\0\xff\x16\x03garbage\r\n\r\n", 15));
  });
  expect_unavailable(post(client(server.url())), "did not answer in HTTP");
}

TEST(HttpClient, SaysThatTheServerResetTheConnection) {
  TinyServer server([](Connection& connection) {
    connection.read_request();
    connection.reset_on_close();
  });
  expect_unavailable(post(client(server.url())), "closed the connection without an answer");
}

TEST(HttpClient, SaysThatTheAnswerWasCutShort) {
  TinyServer server([](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}");
  });
  expect_unavailable(post(client(server.url())), "cut its answer short");
}

TEST(HttpClient, SaysThatTheConnectionWasRefused) {
  std::string url;
  {
    url = TinyServer([](Connection&) {}).url();
  }
  expect_unavailable(post(client(url)), "refused the connection");
}

TEST(HttpClient, FollowsNoRedirect) {
  TinyServer elsewhere([](Connection& connection) { connection.reply(200, "stolen"); });
  TinyServer server([&](Connection& connection) {
    connection.read_request();
    connection.reply(302, "", "Location: " + elsewhere.url() + "/\r\n");
  });
  EXPECT_EQ(post(client(server.url())).reply.value().status, 302);
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST(HttpClient, UsesNoProxyOfTheEnvironment) {
  TinyServer proxy([](Connection& connection) { connection.reply(200, "stolen"); });
  TinyServer server([](Connection& connection) {
    connection.read_request();
    connection.reply(200, "mine");
  });
  setenv("http_proxy", proxy.url().c_str(), 1);
  setenv("ALL_PROXY", proxy.url().c_str(), 1);
  EXPECT_EQ(post(client(server.url())).reply.value().body, "mine");
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  EXPECT_EQ(proxy.connections(), 0);
}

TEST(HttpClient, RefusesARequestThatCouldSmuggleAHeader) {
  const HttpClient one = client("http://127.0.0.1:9");
  const HttpRequest good{.method = "GET", .path = "/"};
  for (auto change :
       {+[](HttpRequest& r) { r.path = "x"; }, +[](HttpRequest& r) { r.path = "/ HTTP/1.1"; },
        +[](HttpRequest& r) { r.path = "/\r\nX: y"; },
        +[](HttpRequest& r) { r.bearer = "a\r\nX: y"; },
        +[](HttpRequest& r) { r.content_type = "a\nX: y"; },
        +[](HttpRequest& r) { r.method = "PUT"; }}) {
    HttpRequest request = good;
    change(request);
    const auto reply = one.send(request);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, Code::Invalid);
  }
}

TEST(HttpClient, SpeaksPlainHttpToALoopbackLiteralOnly) {
  for (const char* good :
       {"http://127.0.0.1:8310", "http://127.8.9.1", "http://[::1]:80", "http://127.0.0.1:8310/"})
    EXPECT_TRUE(HttpClient::make({.base_url = good})) << good;
  for (const char* bad :
       {"http://localhost:8310", "http://10.0.0.1", "http://assent.example.sch.uk",
        "http://127.0.0.1.example.org", "http://[::2]", "http://128.0.0.1", "ftp://127.0.0.1",
        "file:///etc/passwd", "127.0.0.1:8310", "http://u:p@127.0.0.1", "http://127.0.0.1/x",
        "http://127.0.0.1/?x", "http://127.0.0.1#x", "", "http://", "http://127.0.0.1\n"}) {
    const auto made = HttpClient::make({.base_url = bad});
    ASSERT_FALSE(made) << bad;
    EXPECT_EQ(made.error().code, Code::Invalid) << bad;
  }
}

TEST(HttpClient, NeedsACaFileForHttps) {
  EXPECT_FALSE(HttpClient::make({.base_url = "https://assent.example.sch.uk"}));
  EXPECT_FALSE(HttpClient::make(
      {.base_url = "https://assent.example.sch.uk", .ca_file = "/nonexistent/ca.pem"}));
  EXPECT_TRUE(
      HttpClient::make({.base_url = "https://assent.example.sch.uk", .ca_file = "/dev/null"}));
  EXPECT_FALSE(HttpClient::make({.base_url = "http://127.0.0.1", .deadline_ms = 0}));
}

TEST(HttpClient, AnswersManyThreadsAtOnce) {
  TinyServer server([](Connection& connection) {
    for (std::string seen; !(seen = connection.read_request()).empty();)
      connection.reply(200, seen.substr(seen.find("\r\n\r\n") + 4));
  });
  const HttpClient one = HttpClient::make({.base_url = server.url()}).value();
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const std::string body = std::to_string(t * 100 + i);
        const auto reply = one.send({.method = "POST", .path = "/", .body = body});
        if (!reply || reply->body != body) ++wrong;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace assent
