// The agent's service over HTTP, and the whole agent with a service that is down or hangs.
#include "core/device/http_service.h"

#include "core/client/http_client.h"
#include "core/device/responder.h"
#include "core/wire/device.h"
#include "core/wire/problem.h"
#include "tests/support/tiny_server.h"
#include "tests/unit/device/fixture.h"

namespace assent::device {
namespace {

using testing::Connection;
using testing::TinyServer;

std::string body_of(const std::string& request) {
  return request.substr(request.find("\r\n\r\n") + 4);
}

// Opens sessions as the service does; `gate` answers the rest.
class SessionService {
 public:
  using Gate = std::function<void(Connection&, const std::string& request)>;
  explicit SessionService(Gate gate) : gate_(std::move(gate)) {}

  std::string url() const { return server_.url(); }
  // Ends every session given so far.
  void forget() { ++round_; }
  std::atomic<int> sessions = 0, refused = 0;

 private:
  void serve(Connection& connection) {
    for (std::string request; !(request = connection.read_request()).empty();)
      answer(connection, request);
  }
  void answer(Connection& connection, const std::string& request) {
    if (request.starts_with("POST /v1/devices/challenge ")) {
      connection.reply(200, wire::to_json(wire::ChallengeReply{"sealed"}));
    } else if (request.starts_with("POST /v1/devices/session ")) {
      open_session(connection, request);
    } else if (request.find("Bearer token-" + std::to_string(round_) + "\r\n") ==
               std::string::npos) {
      ++refused;
      connection.reply(401, "{}");
    } else {
      gate_(connection, request);
    }
  }
  void open_session(Connection& connection, const std::string& request) {
    const auto asked = wire::parse_session_request(body_of(request)).value();
    const std::string text = wire::session_statement(asked.device, "sealed");
    if (!verify(identity().key.public_key(), bytes_of(text), asked.signature))
      return void(connection.reply(403, "{}"));
    ++sessions;
    const Time end = parse_rfc3339("2026-09-01T09:00:00.000Z").value();
    connection.reply(200,
                     wire::to_json(wire::SessionReply{"token-" + std::to_string(round_), end}));
  }
  Gate gate_;
  std::atomic<int> round_ = 1;
  TinyServer server_{[this](Connection& connection) { serve(connection); }};
};

void say_clear(Connection& connection, const std::string&) {
  connection.reply(200, R"({"verdict":"clear"})");
}

HttpClient client(const std::string& url, int deadline_ms = 3000) {
  return HttpClient::make({.base_url = url, .deadline_ms = deadline_ms}).value();
}

Deadline soon() {
  return Deadline::in(milliseconds(3000));
}

const wire::CheckRequest kQuestion{"amira", "pam:sshd", {}, false};

TEST(HttpService, OpensOneSessionForManyChecks) {
  SessionService remote(say_clear);
  const HttpClient http = client(remote.url());
  const Identity device = identity();
  HttpService service(http, device);
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(service.check(kQuestion, soon()).value().verdict, wire::Verdict::Clear);
  EXPECT_EQ(remote.sessions, 1);
}

TEST(HttpService, AsksForTheBannerInItsSession) {
  SessionService remote([](Connection& connection, const std::string& request) {
    EXPECT_TRUE(request.starts_with("POST /v1/gate/banner ")) << request;
    EXPECT_EQ(body_of(request), "{}");
    connection.reply(200, R"({"school":"Oakfield","items":[]})");
  });
  const HttpClient http = client(remote.url());
  const Identity device = identity();
  HttpService service(http, device);
  EXPECT_EQ(service.banner(soon()).value().school, "Oakfield");
  EXPECT_EQ(remote.sessions, 1);
}

TEST(HttpService, HasNoBannerFromAServiceThatKnowsNone) {
  SessionService remote(
      [](Connection& connection, const std::string&) { connection.reply(404, "{}"); });
  const HttpClient http = client(remote.url());
  const Identity device = identity();
  HttpService service(http, device);
  const auto reply = service.banner(soon());
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Code::Unavailable);
}

TEST(HttpService, RenewsASessionThatTheServiceForgot) {
  SessionService remote(say_clear);
  const HttpClient http = client(remote.url());
  const Identity device = identity();
  HttpService service(http, device);
  EXPECT_TRUE(service.check(kQuestion, soon()));
  remote.forget();
  EXPECT_TRUE(service.check(kQuestion, soon()));
  EXPECT_EQ(remote.sessions, 2);
}

TEST(HttpService, RenewsOnceOnly) {
  SessionService remote(
      [](Connection& connection, const std::string&) { connection.reply(401, "{}"); });
  const HttpClient http = client(remote.url());
  const Identity device = identity();
  HttpService service(http, device);
  const auto reply = service.check(kQuestion, soon());
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Code::Unavailable);
  EXPECT_EQ(remote.sessions, 2);
}

TEST(HttpService, IsUnavailableToADeviceThatTheServiceRefuses) {
  SessionService remote(say_clear);
  const HttpClient http = client(remote.url());
  const Identity stranger = identity(2);
  HttpService service(http, stranger);
  const auto reply = service.check(kQuestion, soon());
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Code::Unavailable);
  EXPECT_EQ(remote.sessions, 0);
}

TEST(HttpService, SaysWhatEachStatusMeansToALogin) {
  int status = 0;
  std::string type;
  SessionService remote([&](Connection& connection, const std::string&) {
    connection.reply(status, wire::to_json(wire::Problem{type, "No", status, "", {}}));
  });
  const HttpClient http = client(remote.url());
  const Identity device = identity();
  HttpService service(http, device);
  const struct {
    int status;
    const char* type;
    Code code;
  } cases[] = {{409, "urn:assent:overtaken", Code::Conflict},
               {409, "urn:assent:expired", Code::Conflict},
               {409, "urn:assent:conflict", Code::Conflict},
               {400, "urn:assent:bad-ticket", Code::Conflict},
               {409, "urn:assent:answered", Code::Denied},
               {403, "urn:assent:no-more-later", Code::Denied},
               {400, "urn:assent:invalid", Code::Denied},
               {404, "urn:assent:not-found", Code::Unavailable},
               {429, "urn:assent:busy", Code::Unavailable},
               {500, "urn:assent:fault", Code::Unavailable},
               {503, "urn:assent:unavailable", Code::Unavailable}};
  for (const auto& each : cases) {
    status = each.status;
    type = each.type;
    const auto reply = service.answer({"t", {{"student", "agree"}}, false, "s", {}}, soon());
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, each.code) << each.type;
  }
}

TEST(HttpService, TakesNoReplyThatItDoesNotUnderstand) {
  for (const char* body : {"", "<html>", R"({"verdict":"clear","then":"rm"})", "{}"}) {
    SessionService remote(
        [&](Connection& connection, const std::string&) { connection.reply(200, body); });
    const HttpClient http = client(remote.url());
    const Identity device = identity();
    HttpService service(http, device);
    const auto reply = service.check(kQuestion, soon());
    ASSERT_FALSE(reply) << body;
    EXPECT_EQ(reply.error().code, Code::Unavailable);
  }
}

TEST(HttpService, AProxysErrorPageIsAnOutage) {
  SessionService remote([](Connection& connection, const std::string&) {
    connection.reply(403, "<html>Forbidden</html>");
  });
  const HttpClient http = client(remote.url());
  const Identity device = identity();
  HttpService service(http, device);
  EXPECT_EQ(service.check(kQuestion, soon()).error().code, Code::Unavailable);
}

TEST(HttpService, OpensOneSessionForManyThreads) {
  SessionService remote(say_clear);
  const HttpClient http = client(remote.url());
  const Identity device = identity();
  HttpService service(http, device);
  std::atomic<int> clear = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&] { clear += service.check(kQuestion, soon()) ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(clear, 6);
  EXPECT_EQ(remote.sessions, 1);
}

// The whole way from a request of the module to its reply.
void expect_unavailable_in_time(const std::string& url) {
  const HttpClient http = client(url);
  const Identity device = identity();
  HttpService service(http, device);
  const FixedClock clock;
  Responder responder("pam", service, device, clock, [](Severity, const std::string&) {});
  wire::AgentCheck question;
  question.login = "amira";
  question.service = "sshd";
  const auto start = std::chrono::steady_clock::now();
  const auto reply = responder.respond(question, Deadline::in(milliseconds(300)));
  EXPECT_TRUE(reply && std::holds_alternative<wire::AgentUnavailable>(*reply));
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(2300));
}

TEST(Agent, SaysUnavailableWhenTheServiceIsDown) {
  std::string url;
  {
    url = TinyServer([](Connection&) {}).url();
  }
  expect_unavailable_in_time(url);
}

TEST(Agent, SaysUnavailableInTimeWhenTheServiceHangs) {
  TinyServer server([](Connection& connection) { connection.hang(); });
  expect_unavailable_in_time(server.url());
}

TEST(Agent, SaysUnavailableInTimeWhenEveryStepIsSlow) {
  SessionService remote([](Connection& connection, const std::string&) {
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n");
    connection.drip(' ', 20);
  });
  expect_unavailable_in_time(remote.url());
}

}  // namespace
}  // namespace assent::device
