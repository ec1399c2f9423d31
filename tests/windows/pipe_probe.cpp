// Says what the service's pipe answers, for tests/windows/test_pipe.py: one line of JSON for each
// word of the command line. A frame in hexadecimal is sent as it is.
#include <iostream>

#include "core/formats/json.h"
#include "core/wire/expect_reply.h"
#include "winlogon-shim/machine/token.h"
#include "winlogon-shim/pipe/pipe_gate.h"
#include "winlogon-shim/pipe/pipe_stream.h"
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

// Lets in whoever asks, as no service of ours would.
void squat() {
  const auto everybody = [](const std::string&, const Caller&, device::Deadline) {
    wire::AgentCheckReply reply;
    reply.verdict = wire::Verdict::Clear;
    return std::optional(wire::to_frame(wire::AgentReply(reply)).value());
  };
  const auto server = serve_pipe({}, everybody, [](auto, const auto&) {});
  if (server) std::cin.get();
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "check") check(false);
    if (word == "check-anybody") check(true);
    if (word == "own") own();
    if (word == "squat") squat();
    if (word == "wait") std::cin.get();  // wine ends its services with the last program
  }
}
