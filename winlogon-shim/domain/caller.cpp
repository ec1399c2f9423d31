#include "winlogon-shim/domain/caller.h"

#include <algorithm>

namespace assent::windows {
namespace {

// The rest of the channel "windows:console".
std::string service_of(const Caller& caller) {
  return caller.logon == Caller::Logon::Remote ? "remote" : "console";
}

}  // namespace

void TicketHolders::give(const std::string& ticket, const std::string& session) {
  const std::lock_guard lock(mutex_);
  const auto is_theirs = [&](const Held& held) { return held.session == session; };
  if (std::ranges::count_if(held_, is_theirs) == kMostOfOne)
    held_.erase(std::ranges::find_if(held_, is_theirs));
  held_.push_back({sha256(ticket), session});
  if (held_.size() > kMost) held_.pop_front();
}

bool TicketHolders::has(const std::string& ticket, const std::string& session) const {
  const Digest digest = sha256(ticket);
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(
      held_, [&](const Held& held) { return held.ticket == digest && held.session == session; });
}

Result<wire::AgentRequest> attributed(wire::AgentRequest request, const Caller& caller,
                                      const TicketHolders& tickets) {
  if (caller.logon == Caller::Logon::None || caller.logon == Caller::Logon::Screen)
    return fail(Code::Denied, "the caller is no logon of a person");
  const auto is_theirs = [&](const std::string& ticket) {
    return tickets.has(ticket, caller.session);
  };
  const Failure not_theirs = fail(Code::Conflict, "the ticket was given to nobody, or to another");
  if (auto* check = std::get_if<wire::AgentCheck>(&request)) {
    check->login = caller.account.login;
    check->service = service_of(caller);
  } else if (auto* answer = std::get_if<wire::AgentAnswer>(&request)) {
    if (!is_theirs(answer->ticket)) return not_theirs;
    answer->service = service_of(caller);
    answer->authenticated = true;
    answer->cannot_ask = false;  // a window can always be answered
  } else if (auto* opened_now = std::get_if<wire::AgentOpened>(&request)) {
    auto& opened = *opened_now;
    if (!opened.ticket.empty() && !is_theirs(opened.ticket)) return not_theirs;
    opened.login = caller.account.login;
    opened.service = service_of(caller);
  }
  return request;
}

}  // namespace assent::windows
