#pragma once
// The gate as the logon program reaches it: through the service's pipe.

#include <functional>
#include <string>

#include "core/gate/conversation.h"
#include "winlogon-shim/pipe/pipe_server.h"

namespace assent::windows {

// Whether the process behind the pipe is Assent's service, by what Windows' service manager says:
// anybody may make a pipe of a free name.
using IsService = std::function<bool(unsigned long process)>;
bool is_assent_service(unsigned long process);

class PipeGate final : public gate::Gate {
 public:
  struct Options {
    std::string pipe = kPipeName;
    std::chrono::milliseconds deadline{3500};  // a little longer than the service takes
    IsService is_service = is_assent_service;
    std::string login;  // who is said to log on: believed of Windows' logon screen alone
  };
  explicit PipeGate(Options options) : options_(std::move(options)) {}

  Result<wire::AgentCheckReply> check(bool full) override;
  Result<wire::AgentAnswerReply> answer(const wire::AgentAnswer& answer) override;
  void opened(const std::string& ticket) override;
  // The school's rules in short.
  Result<wire::AgentBannerReply> banner() const;
  // The logon failed whose person was said to answer. Best effort.
  void withdraw(const std::string& ticket) const;

 private:
  Result<std::string> exchange(const wire::AgentRequest& request) const;
  Result<wire::AgentReply> call(const wire::AgentRequest& request) const;

  const Options options_;
};

}  // namespace assent::windows
