#include "winlogon-shim/domain/logon_desk.h"

#include "core/base/text.h"

namespace assent::windows {
namespace {

constexpr char kScreen[] = "screen";  // the rest of the channel "windows:screen"

}  // namespace

std::optional<wire::AgentReply> LogonDesk::respond(const wire::AgentRequest& request,
                                                   const Caller& caller,
                                                   device::Deadline deadline) {
  // No secret, and nobody's own.
  if (std::holds_alternative<wire::AgentBanner>(request))
    return responder_.respond(request, deadline);
  return caller.logon == Caller::Logon::Screen ? respond_to_screen(request, caller, deadline)
                                               : respond_to_person(request, caller, deadline);
}

LogonDesk::Reply LogonDesk::respond_to_person(const wire::AgentRequest& request,
                                              const Caller& caller, device::Deadline deadline) {
  // The logon program decides this as well, but a person may come with a program of their own.
  if (standing_of(caller.account, settings_()) != Standing::Person)
    return turn_away(request, caller, {Code::Denied, "this account is asked nothing"});
  const auto theirs = attributed(request, caller, tickets_);
  if (!theirs) return turn_away(request, caller, theirs.error());
  if (std::holds_alternative<wire::AgentCheck>(*theirs)) send_pending(caller, deadline);
  auto reply = responder_.respond(*theirs, deadline);
  if (!reply) return reply;
  const auto* shown = std::get_if<wire::AgentCheckReply>(&*reply);
  if (shown != nullptr && !shown->ticket.empty()) tickets_.give(shown->ticket, caller.session);
  return reply;
}

// Whatever comes of it, the check that follows says what is owed now. A session that began with an
// acknowledgement over the screen has begun: no other word of it will come.
void LogonDesk::send_pending(const Caller& caller, device::Deadline deadline) {
  const auto answer = pending_.take({caller.account.login, caller.windows_session}, clock_.now());
  if (!answer) return;
  tickets_.give(answer->ticket, caller.session);
  const auto theirs = attributed(*answer, caller, tickets_);
  if (!theirs) return;
  const auto reply = responder_.respond(*theirs, deadline);
  const auto* sent = reply ? std::get_if<wire::AgentAnswerReply>(&*reply) : nullptr;
  if (sent == nullptr || !sent->recorded) return;
  const auto begun = attributed(wire::AgentOpened{answer->ticket, "", ""}, caller, tickets_);
  if (begun) static_cast<void>(responder_.respond(*begun, deadline));
}

LogonDesk::Reply LogonDesk::respond_to_screen(const wire::AgentRequest& request,
                                              const Caller& caller, device::Deadline deadline) {
  if (const auto* answer = std::get_if<wire::AgentAnswer>(&request)) return keep(*answer, caller);
  if (std::holds_alternative<wire::AgentWithdrawn>(request)) {
    if (pending_.drop(caller.windows_session))
      log_(device::Severity::Info, "an answer is dropped: its logon failed");
    return std::nullopt;
  }
  const auto* asked = std::get_if<wire::AgentCheck>(&request);
  if (asked == nullptr) return std::nullopt;
  // Also where this one is shown nothing: the logon before it came to nothing.
  static_cast<void>(pending_.drop(caller.windows_session));
  wire::AgentCheck check = *asked;
  check.service = kScreen;
  auto reply = responder_.respond(check, deadline);
  const auto* shown = reply ? std::get_if<wire::AgentCheckReply>(&*reply) : nullptr;
  if (shown != nullptr && !shown->ticket.empty())
    pending_.shown(shown->ticket, {check.login, caller.windows_session}, clock_.now());
  return reply;
}

// The logon goes on, and nothing is recorded yet.
LogonDesk::Reply LogonDesk::keep(const wire::AgentAnswer& answer, const Caller& caller) {
  wire::AgentAnswerReply reply;
  reply.outcome = "overtaken";
  if (!pending_.keep(answer, caller.windows_session, clock_.now())) return reply;
  reply.outcome = "pending";
  reply.let_in = true;
  return reply;
}

// A ticket that this service has forgotten, because it was started anew, is asked for again.
LogonDesk::Reply LogonDesk::turn_away(const wire::AgentRequest& request, const Caller& caller,
                                      const Error& why) const {
  log_(device::Severity::Warning,
       "turned away " + one_line(caller.account.login) + ": " + one_line(why.message));
  if (std::holds_alternative<wire::AgentCheck>(request)) return wire::AgentCheckReply{};
  if (!std::holds_alternative<wire::AgentAnswer>(request)) return std::nullopt;
  wire::AgentAnswerReply reply;
  if (why.code == Code::Conflict) reply.outcome = "overtaken";
  return reply;
}

}  // namespace assent::windows
