#pragma once
// Answers one request of what stands at a login: the PAM module, or the Windows logon program. It
// keeps nothing between requests: the ticket that ties an answer to what was shown travels with
// them.

#include <optional>

#include "core/base/time.h"
#include "core/device/identity.h"
#include "core/device/log.h"
#include "core/device/service.h"
#include "core/wire/agent_message.h"

namespace assent::device {

class Responder {
 public:
  // All must outlive this. `host` begins each channel: "pam" in "pam:sshd".
  Responder(std::string host, Service& service, const Identity& identity, const Clock& clock,
            Log log)
      : host_(std::move(host)),
        service_(service),
        identity_(identity),
        clock_(clock),
        log_(std::move(log)) {}

  // Any thread; by the deadline. Nothing for a request that has no reply.
  std::optional<wire::AgentReply> respond(const wire::AgentRequest& request, Deadline deadline);

 private:
  wire::AgentReply check(const wire::AgentCheck& request, Deadline deadline);
  wire::AgentReply answer(const wire::AgentAnswer& request, Deadline deadline);
  void opened(const wire::AgentOpened& request, Deadline deadline);
  wire::AgentReply banner(Deadline deadline);
  Result<wire::AgentAnswerReply> send(const wire::AgentAnswer& request,
                                      const wire::Statement& statement, Deadline deadline);
  std::string channel(const std::string& service) const { return host_ + ":" + service; }
  wire::Statement statement_of(const wire::AgentAnswer& request) const;
  Result<wire::OpenedRequest> request_for(const wire::AgentOpened& opened) const;
  wire::AgentReply unavailable(const std::string& during, const Error& error);

  const std::string host_;
  Service& service_;
  const Identity& identity_;
  const Clock& clock_;
  Log log_;
};

}  // namespace assent::device
