// Says what the service's pipe answers, for tests/windows: one line of JSON for each word of the
// command line.
#include <algorithm>
#include <iostream>

#include "core/formats/json.h"
#include "core/wire/expect_reply.h"
#include "winlogon-shim/machine/token.h"
#include "winlogon-shim/pipe/pipe_gate.h"
#include "winlogon-shim/pipe/pipe_stream.h"
#include "winlogon-shim/system/abandonable.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/utf16.h"

namespace {

using namespace assent;
using namespace assent::windows;

void say(Object members) {
  std::cout << to_json(Value(std::move(members))) << "\n";
}

void check(bool anybody) {
  PipeGate::Options options;
  if (anybody) options.is_service = [](unsigned long) { return true; };
  PipeGate gate(options);
  const auto reply = gate.check(false);
  if (!reply) return say({{"error", reply.error().message}});
  say({{"verdict", std::int64_t(reply->verdict)}, {"ticket", reply->ticket}});
}

void own() {
  const auto caller = own_caller();
  if (!caller) return say({{"error", caller.error().message}});
  say({{"login", caller->account.login},
       {"domain", caller->account.domain},
       {"sid", caller->account.sid},
       {"local", caller->account.machine_local},
       {"logon", std::int64_t(caller->logon)},
       {"session", caller->session}});
}

Pipe open_end(const std::string& pipe) {
  const auto name = to_utf16(pipe).value();
  return Pipe(CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                          FILE_FLAG_OVERLAPPED, nullptr));
}

device::Deadline patience() {
  return device::Deadline::in(std::chrono::milliseconds(30'000));
}

// Sends bytes as they are, and says what came back: an answer, or none.
void send(const std::string& hex) {
  const Pipe pipe = open_end(kPipeName);
  const auto deadline = patience();
  const auto bytes = from_hex(hex).value();
  static_cast<void>(write_frame(pipe.get(), text_of(bytes), deadline));
  const auto body = read_body(pipe.get(), deadline);
  if (!body) return say({{"error", body.error().message}});
  const auto reply = wire::expect_reply<wire::AgentCheckReply>(wire::parse_agent_reply(*body));
  say({{"verdict", reply ? std::int64_t(reply->verdict) : -1}});
}

// Work that is over at once, again and again: how much of it came back.
void hurry(int count) {
  const auto places = std::make_shared<Places>(1);
  std::int64_t done = 0;
  for (int i = 0; i < count; ++i) {
    const auto came = within<int>(
        std::chrono::seconds(5), places, [] { return Result<int>(1); }, "late");
    if (came) ++done;
  }
  say({{"done", done}});
}

// Callers who say nothing, until standard input ends.
void hang(int count) {
  std::vector<Pipe> callers;
  for (int i = 0; i < count; ++i) callers.push_back(open_end(kPipeName));
  say({{"callers", std::int64_t(callers.size())}});
  std::cin.get();
}

// Lets in whoever asks, as no service of ours would.
Result<std::unique_ptr<PipeServer>> serve_everybody(const PipeSettings& settings) {
  const auto everybody = [](const std::string&, const Caller&, device::Deadline) {
    wire::AgentCheckReply reply;
    reply.verdict = wire::Verdict::Clear;
    return std::optional(wire::to_frame(wire::AgentReply(reply)).value());
  };
  return serve_pipe(settings, everybody, [](auto, const auto&) {});
}

void squat() {
  const auto server = serve_everybody({});
  if (server) std::cin.get();
}

bool is_sent_away(const Pipe& pipe) {
  DWORD waiting = 0;
  return !PeekNamedPipe(pipe.get(), nullptr, 0, nullptr, &waiting, nullptr);
}

// Callers of one session who say nothing, at a server that has long patience with two of them. Says
// how many are sent away, and how many of the rest are answered when they speak after all.
void crowd(int count) {
  PipeSettings settings;
  settings.name = R"(\\.\pipe\Assent.Crowd)";
  settings.deadline = settings.read_deadline = std::chrono::minutes(5);
  settings.share = 2;
  const auto server = serve_everybody(settings);
  if (!server) return say({{"error", server.error().message}});
  std::vector<Pipe> callers;
  for (int i = 0; i < count; ++i) callers.push_back(open_end(settings.name));
  const auto deadline = patience();
  const auto most_away = callers.size() - settings.share;
  std::size_t away = 0;
  do away = std::size_t(std::ranges::count_if(callers, is_sent_away));
  while (away < most_away && deadline.left_ms() > 0);
  const auto frame = wire::to_frame(wire::AgentRequest(wire::AgentCheck{})).value();
  std::int64_t answered = 0;
  for (const Pipe& caller : callers) {
    if (is_sent_away(caller) || !write_frame(caller.get(), frame, deadline)) continue;
    answered += read_body(caller.get(), deadline) ? 1 : 0;
  }
  say({{"away", std::int64_t(away)}, {"answered", answered}});
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "check") check(false);
    if (word == "check-anybody") check(true);
    if (word == "own") own();
    if (word == "squat") squat();
    if (word == "send" && ++i < argc) send(argv[i]);
    if (word == "hurry" && ++i < argc) hurry(std::atoi(argv[i]));
    if (word == "crowd" && ++i < argc) crowd(std::atoi(argv[i]));
    if (word == "hang" && ++i < argc) hang(std::atoi(argv[i]));
    if (word == "wait") std::cin.get();  // wine ends its services with the last program
  }
}
