#include "winlogon-shim/provider/logon_gate.h"

#include <utility>

#include "winlogon-shim/logon_buffer/logon_buffer.h"
#include "winlogon-shim/provider/edge.h"

namespace assent::provider {

std::optional<std::string> LogonGate::kept_out(Bytes buffer, void* owner_window) {
  if (asking_) return "";  // a second try from within the first one's window
  left();                  // the last try never came to an end
  const auto logon = parse_logon_buffer(buffer);
  if (!logon || logon->unlocks) return std::nullopt;
  const Account account{logon->domain, logon->login};
  if ((sessions_ && sessions_->has(account)) || !make_once()) return std::nullopt;
  return asked(account, owner_window);
}

bool LogonGate::make_once() {
  if (gate_) return true;
  auto gate = make_();
  if (gate) gate_ = *std::move(gate);
  return gate_ != nullptr;
}

std::optional<std::string> LogonGate::asked(const Account& account, void* owner_window) {
  Answered answered;
  asking_ = true;
  left_ = false;
  const HRESULT done = at_edge(E_UNEXPECTED, [&] {
    answered = gate_->ask(account, owner_window);
    return S_OK;
  });
  asking_ = false;
  if (FAILED(done)) return tell(&GateAtLogon::dropped), std::nullopt;
  if (!answered.let_in) return std::move(answered.message);
  pending_ = true;
  if (!left_) return std::nullopt;
  left();
  return "";
}

void LogonGate::reported(bool logged_on) noexcept {
  if (!std::exchange(pending_, false)) return;
  tell(logged_on ? &GateAtLogon::confirmed : &GateAtLogon::dropped);
}

void LogonGate::left() noexcept {
  left_ = true;
  reported(false);
}

void LogonGate::tell(void (GateAtLogon::*what)()) noexcept {
  (void)at_edge(E_UNEXPECTED, [&] {
    ((*gate_).*what)();
    return S_OK;
  });
}

}  // namespace assent::provider
