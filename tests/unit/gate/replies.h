#pragma once
// The replies that the conversation's tests give their gate, and how they read what was sent.

#include "tests/unit/gate/script.h"

namespace assent::gate {

using wire::AgentAnswerReply;
using wire::AgentCheckReply;
using wire::PartKind;
using wire::PartMode;
using wire::Verdict;

inline AgentCheckReply asks(std::vector<wire::AgentPart> parts = {{"student", "Student rules",
                                                                   "Will you?", PartMode::Agree,
                                                                   PartKind::Full, false}}) {
  AgentCheckReply reply;
  reply.verdict = Verdict::Ask;
  reply.pages = {"page one"};
  reply.ticket = "ticket-1";
  reply.document.fill(std::byte{7});
  reply.parts = std::move(parts);
  reply.rendition = "std";
  reply.help = "Talk to Mrs Khan.";
  return reply;
}

inline AgentCheckReply with_pages(AgentCheckReply reply, std::vector<std::string> pages) {
  reply.pages = std::move(pages);
  return reply;
}

inline AgentCheckReply with_later(AgentCheckReply reply) {
  reply.deferrals_left = 2;
  reply.later_until = "01 Dec 00:00";
  return reply;
}

inline AgentCheckReply acknowledges() {
  auto reply = asks({{"student", "Student rules", "Logging in means you accept this change.",
                      PartMode::Acknowledge, PartKind::Amendment, false}});
  reply.verdict = Verdict::Acknowledge;
  return reply;
}

inline AgentCheckReply verdict(Verdict verdict, std::string message = "") {
  AgentCheckReply reply;
  reply.verdict = verdict;
  reply.message = std::move(message);
  return reply;
}

inline AgentAnswerReply let_in(std::string outcome) {
  return {true, true, std::move(outcome), "", 9};
}
inline AgentAnswerReply kept_out(std::string outcome, std::string message = "") {
  return {false, true, std::move(outcome), std::move(message), 9};
}

inline std::string acts(const wire::AgentAnswer& answer) {
  std::string out;
  for (const auto& each : answer.answers) out += each.policy + "=" + each.act + " ";
  return out;
}

}  // namespace assent::gate
