#pragma once
// The credential provider's gate: asks through the service, over Windows' logon screen. Nobody is
// kept out here for what the service says or does not say: the logon program decides, once Windows
// knows who it is. Who leaves the window unanswered goes back to the tiles.

#include "winlogon-shim/domain/settings.h"
#include "winlogon-shim/pipe/pipe_gate.h"
#include "winlogon-shim/provider/gate_at_logon.h"

namespace assent::windows {

class ScreenGate final : public provider::GateAtLogon {
 public:
  explicit ScreenGate(Settings settings) : settings_(std::move(settings)) {}

  provider::Answered ask(const provider::Account& account, void* owner_window) override;
  // The service has the answer, and sends it when it sees the person's token.
  void confirmed() override { was_asked_ = false; }
  void dropped() override;

 private:
  PipeGate gate_for(const std::string& login) const;

  const Settings settings_;
  bool was_asked_ = false;  // the service may keep an answer
};

}  // namespace assent::windows
