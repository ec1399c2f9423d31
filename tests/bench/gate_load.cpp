// A room full of devices: enrols one, opens its session, and checks people or answers for them.
//   gate_load session PORT ADMIN_TOKEN           prints {"session","device"}
//   gate_load check   PORT ADMIN_TOKEN COUNT CONNECTIONS   people p0000000 … must be clear
//   gate_load answer  PORT ADMIN_TOKEN COUNT CONNECTIONS   people o0000000 … agree
// The last two print {"requests","rate","p50","p99"}. Checks and signatures are made before the
// time of answers begins.
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <iostream>

#include "core/client/http_client.h"
#include "core/crypto/crypto.h"
#include "core/formats/json.h"
#include "core/presentation/document.h"
#include "core/wire/device.h"
#include "core/wire/gate.h"
#include "tests/bench/load.h"

namespace assent::bench {
namespace {

struct Arguments {
  std::string mode, token;
  std::uint16_t port = 0;
  std::size_t count = 0, connections = 1;
};

struct Device {
  std::string id, session;
  SigningKey key;
};

Result<std::string> post(const HttpClient& client, const std::string& path, std::string body,
                         const std::string& bearer = "") {
  ASSENT_TRY(
      const HttpReply reply,
      client.send({.method = "POST", .path = path, .body = std::move(body), .bearer = bearer}));
  if (reply.status != 200) return fail(Code::Denied, path + ": " + reply.body);
  return reply.body;
}

Result<Device> enrol(const Arguments& arguments) {
  SystemRandom random;
  SigningKey key{SecretKey{random.bytes<32>()}};
  ASSENT_TRY(const HttpClient client,
             HttpClient::make({.base_url = "http://127.0.0.1:" + std::to_string(arguments.port)}));
  const Object named{{"name", "BENCH-" + to_hex(random.bytes<4>())}, {"room", "LIB"}};
  ASSENT_TRY(const std::string added, post(client, "/v1/devices", to_json(named), arguments.token));
  ASSENT_TRY(const Value made, parse_json(added));
  const std::string code = *made.find("code")->text();
  wire::EnrolRequest request{code, key.public_key(), {}};
  request.proof = key.sign(bytes_of(wire::enrol_statement(code, key.public_key())));
  ASSENT_TRY(const std::string enrolled, post(client, "/v1/devices/enrol", wire::to_json(request)));
  ASSENT_TRY(const auto reply, wire::parse_enrol_reply(enrolled));
  ASSENT_TRY(const std::string asked,
             post(client, "/v1/devices/challenge", to_json(Object{{"device", reply.device}})));
  ASSENT_TRY(const auto challenge, wire::parse_challenge_reply(asked));
  wire::SessionRequest session{reply.device, challenge.challenge, {}};
  session.signature =
      key.sign(bytes_of(wire::session_statement(reply.device, challenge.challenge)));
  ASSENT_TRY(const std::string opened, post(client, "/v1/devices/session", wire::to_json(session)));
  ASSENT_TRY(const auto token, wire::parse_session_reply(opened));
  return Device{reply.device, token.token, std::move(key)};
}

std::string check_of(char letter, std::size_t number) {
  char login[24];
  std::snprintf(login, sizeof login, "%c%07zu", letter, number);
  return wire::to_json(wire::CheckRequest{login, "pam:sshd", {}, false});
}

// What was shown, agreed to and signed.
Result<std::string> agreement(const Device& device, std::string_view shown) {
  ASSENT_TRY(const auto reply, wire::parse_check_reply(shown));
  if (!reply.presentation) return fail(Code::Invalid, "somebody owes nothing: a used data folder");
  ASSENT_TRY(const Document document, parse_document(reply.presentation->document));
  wire::Statement statement{device.id,
                            to_hex(sha256(reply.presentation->ticket)),
                            to_hex(reply.presentation->hash),
                            "pam:sshd",
                            true,
                            false,
                            {},
                            {}};
  for (const DocumentPart& part : document.parts)
    statement.answers.push_back({part.policy, "agree"});
  wire::AnswerRequest request{
      reply.presentation->ticket, statement.answers, false, wire::to_statement(statement), {}};
  request.signature = device.key.sign(bytes_of(request.statement));
  return wire::to_json(request);
}

Result<Measured> check(const Arguments& arguments, const Device& device) {
  return run({.port = arguments.port,
              .path = "/v1/gate/check",
              .bearer = device.session,
              .connections = arguments.connections,
              .requests = arguments.count,
              .body = [](std::size_t i) { return check_of('p', i); },
              .heard = [](std::size_t, std::string_view body) -> Status {
                if (body.find(R"("verdict":"clear")") != body.npos) return {};
                return fail(Code::Invalid, "somebody is not clear: " + std::string(body));
              }});
}

Result<Measured> answer(const Arguments& arguments, const Device& device) {
  std::vector<std::string> answers(arguments.count);
  const Load ask{.port = arguments.port,
                 .path = "/v1/gate/check",
                 .bearer = device.session,
                 .connections = arguments.connections,
                 .requests = arguments.count,
                 .body = [](std::size_t i) { return check_of('o', i); },
                 .heard = [&](std::size_t i, std::string_view body) -> Status {
                   ASSENT_TRY(answers[i], agreement(device, body));
                   return {};
                 }};
  ASSENT_CHECK(run(ask));
  return run({.port = arguments.port,
              .path = "/v1/gate/answer",
              .bearer = device.session,
              .connections = arguments.connections,
              .requests = arguments.count,
              .body = [&](std::size_t i) { return answers[i]; },
              .heard = {}});
}

Status start(const Arguments& arguments) {
  ASSENT_CHECK(start_crypto());
  ASSENT_TRY(const Device device, enrol(arguments));
  if (arguments.mode == "session") {
    std::cout << to_json(Object{{"session", device.session}, {"device", device.id}}) << "\n";
    return {};
  }
  ASSENT_TRY(const Measured measured,
             arguments.mode == "check" ? check(arguments, device) : answer(arguments, device));
  std::printf("{\"requests\":%zu,\"rate\":%.1f,\"p50\":%.4f,\"p99\":%.4f}\n", arguments.count,
              double(arguments.count) / measured.seconds, measured.quantile(0.5),
              measured.quantile(0.99));
  return {};
}

template <class T>
T number(const char* text) {
  T value{};
  std::from_chars(text, text + std::string_view{text}.size(), value);
  return value;
}

}  // namespace
}  // namespace assent::bench

int main(int argc, char** argv) {
  using namespace assent::bench;
  if (argc < 4)
    return std::cerr << "usage: gate_load MODE PORT ADMIN_TOKEN [COUNT CONNECTIONS]\n", 2;
  Arguments arguments{.mode = argv[1], .token = argv[3], .port = number<std::uint16_t>(argv[2])};
  if (argc > 4) arguments.count = number<std::size_t>(argv[4]);
  if (argc > 5) arguments.connections = number<std::size_t>(argv[5]);
  const assent::Status done = start(arguments);
  if (!done) std::cerr << "gate_load: " << done.error().message << "\n";
  return done ? 0 : 1;
}
