#include "winlogon-shim/domain/logon_desk.h"

#include "core/base/text.h"

namespace assent::windows {

std::optional<wire::AgentReply> LogonDesk::respond(const wire::AgentRequest& request,
                                                   const Caller& caller,
                                                   device::Deadline deadline) {
  const auto theirs = attributed(request, caller, tickets_);
  if (!theirs) return turn_away(request, caller, theirs.error());
  auto reply = responder_.respond(*theirs, deadline);
  if (!reply) return reply;
  const auto* shown = std::get_if<wire::AgentCheckReply>(&*reply);
  if (shown != nullptr && !shown->ticket.empty()) tickets_.give(shown->ticket, caller.session);
  return reply;
}

// A ticket that this service has forgotten, because it was started anew, is asked for again.
std::optional<wire::AgentReply> LogonDesk::turn_away(const wire::AgentRequest& request,
                                                     const Caller& caller, const Error& why) const {
  log_(device::Severity::Warning,
       "turned away " + one_line(caller.account.login) + ": " + one_line(why.message));
  if (std::holds_alternative<wire::AgentCheck>(request)) return wire::AgentCheckReply{};
  if (!std::holds_alternative<wire::AgentAnswer>(request)) return std::nullopt;
  wire::AgentAnswerReply reply;
  if (why.code == Code::Conflict) reply.outcome = "overtaken";
  return reply;
}

}  // namespace assent::windows
