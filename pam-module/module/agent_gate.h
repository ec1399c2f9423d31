#pragma once
// The gate as the agent offers it, for one login.

#include "core/gate/conversation.h"
#include "pam-module/module/options.h"

namespace assent::pam {

struct Login {  // what PAM says of it
  std::string user, service, tty;
  wire::ScreenKind screen = wire::ScreenKind::Terminal;
  bool authenticated = false;  // our mark is on this transaction
};

class AgentGate final : public gate::Gate {
 public:
  AgentGate(const Options& options, const Login& login) : options_(options), login_(login) {}

  Result<wire::AgentCheckReply> check(bool full) override;
  Result<wire::AgentAnswerReply> answer(const wire::AgentAnswer& answer) override;
  void opened(const std::string& ticket) override;

 private:
  Result<wire::AgentReply> call(const wire::AgentRequest& request) const;

  const Options& options_;
  const Login& login_;
};

}  // namespace assent::pam
