#pragma once
// Answers one request of the PAM module. It keeps nothing between requests: the ticket that ties
// an answer to what was shown travels through the module.

#include <optional>

#include "core/base/time.h"
#include "core/wire/agent_message.h"
#include "pam-module/agent/identity.h"
#include "pam-module/agent/log.h"
#include "pam-module/agent/service.h"

namespace assent::agent {

class Responder {
 public:
  // All must outlive this.
  Responder(Service& service, const Identity& identity, const Clock& clock, Log log)
      : service_(service), identity_(identity), clock_(clock), log_(std::move(log)) {}

  // Any thread; by the deadline. Nothing for a request that has no reply.
  std::optional<wire::AgentReply> respond(const wire::AgentRequest& request, Deadline deadline);

 private:
  wire::AgentReply check(const wire::AgentCheck& request, Deadline deadline);
  wire::AgentReply answer(const wire::AgentAnswer& request, Deadline deadline);
  void opened(const wire::AgentOpened& request, Deadline deadline);
  Result<wire::AgentAnswerReply> send(const wire::AgentAnswer& request,
                                      const wire::Statement& statement, Deadline deadline);
  wire::AgentReply unavailable(const std::string& during, const Error& error);

  Service& service_;
  const Identity& identity_;
  const Clock& clock_;
  Log log_;
};

}  // namespace assent::agent
