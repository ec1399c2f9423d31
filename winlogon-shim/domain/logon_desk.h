#pragma once
// What the Windows service answers at its pipe: the device's responder, for who the caller's token
// says they are. The logon screen has no token of a person: what is answered there waits for one.

#include <functional>
#include <optional>

#include "core/device/responder.h"
#include "winlogon-shim/domain/caller.h"
#include "winlogon-shim/domain/pending_answers.h"

namespace assent::windows {

using ReadNow = std::function<Settings()>;

class LogonDesk {
 public:
  // All must outlive this; the responder's host is "windows".
  // `settings` is asked for each request: group policy changes them while the service runs.
  LogonDesk(device::Responder& responder, ReadNow settings, const Clock& clock, device::Log log)
      : responder_(responder),
        settings_(std::move(settings)),
        clock_(clock),
        log_(std::move(log)) {}

  // Any thread; by the deadline. Nothing for a request that has no reply.
  std::optional<wire::AgentReply> respond(const wire::AgentRequest& request, const Caller& caller,
                                          device::Deadline deadline);

 private:
  using Reply = std::optional<wire::AgentReply>;
  Reply respond_to_person(const wire::AgentRequest& request, const Caller& caller,
                          device::Deadline deadline);
  Reply respond_to_screen(const wire::AgentRequest& request, const Caller& caller,
                          device::Deadline deadline);
  Reply keep(const wire::AgentAnswer& answer, const Caller& caller);
  // Sends what this person answered over the logon screen, now that their token is seen.
  void send_pending(const Caller& caller, device::Deadline deadline);
  Reply turn_away(const wire::AgentRequest& request, const Caller& caller, const Error& why) const;

  device::Responder& responder_;
  const ReadNow settings_;
  const Clock& clock_;
  device::Log log_;
  TicketHolders tickets_;
  PendingAnswers pending_;
};

}  // namespace assent::windows
