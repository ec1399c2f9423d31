#include "pam-module/module/agent_gate.h"

#include "core/wire/expect_reply.h"
#include "pam-module/module/agent_client.h"

namespace assent::pam {
Result<wire::AgentReply> AgentGate::call(const wire::AgentRequest& request) const {
  ASSENT_TRY(const std::string frame, wire::to_frame(request));
  const auto deadline = std::chrono::steady_clock::now() + options_.timeout;
  ASSENT_TRY(const std::string body, exchange(options_.socket, frame, deadline));
  return wire::parse_agent_reply(body);
}

Result<wire::AgentCheckReply> AgentGate::check(bool full) {
  wire::AgentCheck request;
  request.login = login_.user;
  request.service = login_.service;
  request.screen = login_.screen;
  request.full = full;
  return wire::expect_reply<wire::AgentCheckReply>(call(request));
}

Result<wire::AgentAnswerReply> AgentGate::answer(const wire::AgentAnswer& answer) {
  wire::AgentAnswer request = answer;
  request.service = login_.service;
  request.authenticated = login_.authenticated;
  return wire::expect_reply<wire::AgentAnswerReply>(call(request));
}

void AgentGate::opened(const std::string& ticket) {
  const auto frame = wire::to_frame(wire::AgentOpened{ticket, login_.user, login_.service});
  const auto deadline = std::chrono::steady_clock::now() + options_.timeout;
  if (frame) static_cast<void>(send_only(options_.socket, *frame, deadline));
}

}  // namespace assent::pam
