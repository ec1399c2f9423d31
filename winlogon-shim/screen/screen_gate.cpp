#include "winlogon-shim/screen/screen_gate.h"

#include <windows.h>

#include "core/base/letters.h"
#include "winlogon-shim/domain/account.h"
#include "winlogon-shim/machine/registry_settings.h"
#include "winlogon-shim/machine/token.h"
#include "winlogon-shim/provider/sessions.h"
#include "winlogon-shim/ui/window_presenter.h"

namespace assent::windows {
namespace {

// Whoever typed a password and went away leaves it to nobody.
constexpr std::chrono::seconds kIdle{90};

// What was typed, as an account: "amira@school.example" is amira of that domain.
Account account_of(const provider::Account& typed) {
  Account account;
  const std::size_t at = typed.login.find('@');
  account.login = typed.login.substr(0, at);
  account.domain = at == std::string::npos ? typed.domain : typed.login.substr(at + 1);
  account.machine_local = at == std::string::npos && (typed.domain.empty() || typed.domain == "." ||
                                                      same_letters(typed.domain, computer_name()));
  return account;
}

}  // namespace

PipeGate ScreenGate::gate_for(const std::string& login) const {
  PipeGate::Options options;
  options.deadline = std::chrono::milliseconds(settings_.deadline_ms);
  options.login = login;
  return PipeGate(std::move(options));
}

provider::Answered ScreenGate::ask(const provider::Account& typed, void* owner_window) {
  const Account account = account_of(typed);
  if (standing_of(account, settings_) != Standing::Person) return {true, ""};
  SheetOptions options;
  options.owner = owner_window;
  options.idle = kIdle;
  was_asked_ = true;  // before anything can fail: what the service keeps must be taken back
  WindowPresenter presenter(options);
  PipeGate gate = gate_for(account.login);
  const gate::Outcome outcome = gate::converse(presenter, gate, gate::Asking::Ask);
  if (outcome.ending == gate::Ending::CutOff) return {false, outcome.message};
  return {true, ""};
}

void ScreenGate::dropped() {
  if (std::exchange(was_asked_, false)) gate_for("").withdraw("");
}

}  // namespace assent::windows

namespace assent::provider {

Result<std::unique_ptr<GateAtLogon>> make_gate() {
  auto settings = windows::read_settings(windows::RegistrySettings()).settings;
  return std::unique_ptr<GateAtLogon>(std::make_unique<windows::ScreenGate>(std::move(settings)));
}

std::unique_ptr<Sessions> make_sessions() {
  return std::make_unique<TerminalSessions>();
}

}  // namespace assent::provider
