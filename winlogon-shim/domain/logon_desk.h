#pragma once
// What the Windows service answers at its pipe: the device's responder, for who the caller's token
// says they are.

#include <optional>

#include "core/device/responder.h"
#include "winlogon-shim/domain/caller.h"

namespace assent::windows {

class LogonDesk {
 public:
  // Both must outlive this; the responder's host is "windows".
  LogonDesk(device::Responder& responder, device::Log log)
      : responder_(responder), log_(std::move(log)) {}

  // Any thread; by the deadline. Nothing for a request that has no reply.
  std::optional<wire::AgentReply> respond(const wire::AgentRequest& request, const Caller& caller,
                                          device::Deadline deadline);

 private:
  std::optional<wire::AgentReply> turn_away(const wire::AgentRequest& request, const Caller& caller,
                                            const Error& why) const;

  device::Responder& responder_;
  device::Log log_;
  TicketHolders tickets_;
};

}  // namespace assent::windows
