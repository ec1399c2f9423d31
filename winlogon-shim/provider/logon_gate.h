#pragma once
// What one tile asks the gate, and tells it: whom to ask, and that each acceptance comes to one
// end. Knows nothing of COM. Whatever of ours fails lets the logon go on.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/bytes.h"
#include "winlogon-shim/provider/gate_at_logon.h"
#include "winlogon-shim/provider/sessions.h"

namespace assent::provider {

using MakeGate = std::function<Result<std::unique_ptr<GateAtLogon>>()>;

class LogonGate {
 public:
  // `sessions` may be null: nobody is known to have one then.
  LogonGate(MakeGate make, std::unique_ptr<Sessions> sessions)
      : make_(std::move(make)), sessions_(std::move(sessions)) {}
  LogonGate(const LogonGate&) = delete;
  LogonGate& operator=(const LogonGate&) = delete;
  ~LogonGate() { left(); }

  // Asks about the packed logon in `buffer`. Nothing: the logon goes on, since the person was let
  // in, unlocks a session of theirs, or something of ours failed. A text: it does not.
  std::optional<std::string> kept_out(Bytes buffer, void* owner_window);

  // Windows' word on the logon that went on.
  void reported(bool logged_on) noexcept;

  // The tile is not what the person uses any more. While kept_out() still runs (it has a message
  // loop), its logon ends with it.
  void left() noexcept;

 private:
  std::optional<std::string> asked(const Account& account, void* owner_window);
  bool make_once();
  void tell(void (GateAtLogon::*what)()) noexcept;

  const MakeGate make_;
  const std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<GateAtLogon> gate_;  // made when it is first needed
  bool asking_ = false, left_ = false, pending_ = false;
};

}  // namespace assent::provider
