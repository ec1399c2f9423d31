#include "winlogon-shim/logon/asker.h"

#include "winlogon-shim/domain/consequence.h"
#include "winlogon-shim/logon/child.h"
#include "winlogon-shim/logon/program.h"
#include "winlogon-shim/machine/token.h"
#include "winlogon-shim/pipe/pipe_gate.h"
#include "winlogon-shim/ui/window_presenter.h"

namespace assent::windows {
namespace {

constexpr DWORD kUntilRecheck = 60'000;       // milliseconds
constexpr DWORD kUntilStarted = 60'000;       // milliseconds: for what the first process starts
constexpr std::chrono::seconds kToRead{120};  // a notice that needs no answer goes by itself
constexpr std::chrono::seconds kToClose{20};  // for programs that ask whether to save
constexpr std::chrono::seconds kToSave{60};   // before somebody who works already is logged off

constexpr char kLogOff[] = "Log off";
constexpr char kCarryOn[] = "Carry on";

PipeGate make_gate(const Settings& settings) {
  PipeGate::Options options;
  options.deadline =
      std::chrono::milliseconds(settings.deadline_ms) + std::chrono::milliseconds(500);
  return PipeGate(std::move(options));
}

void show_notice(const std::string& text, const char* way_on, std::chrono::seconds patience,
                 std::function<void()> alive = {}) {
  SheetOptions options;
  options.alive = std::move(alive);
  options.patience = patience;
  static_cast<void>(show_sheet(notice(text, way_on, "en"), options));
}

bool is_kept_out(const Settings& settings) {
  const auto own = own_caller();
  return own && standing_of(own->account, settings) == Standing::KeptOut;
}

}  // namespace

Status ask_person(const std::vector<std::string>& handles, const Settings& settings) {
  ASSENT_TRY(const Signals signals, inherited_signals(handles));
  show_this_desktop();
  SheetOptions options;
  options.alive = [&] { SetEvent(signals.beat.get()); };
  WindowPresenter presenter(options);
  PipeGate gate = make_gate(settings);
  gate::Outcome outcome;
  const bool kept_out = is_kept_out(settings);
  if (!kept_out) outcome = gate::converse(presenter, gate, gate::Asking::Ask);
  const Consequence next =
      kept_out ? consequence_for_local(settings) : consequence_of(outcome, settings);
  if (!next.desktop) {
    if (!next.notice.empty()) show_notice(next.notice, kLogOff, kToRead, options.alive);
    SetEvent(signals.leave.get());
    return {};
  }
  SetEvent(next.provisional ? signals.provisional.get() : signals.desktop.get());
  if (WaitForSingleObject(signals.started.get(), kUntilStarted) == WAIT_OBJECT_0 &&
      !next.provisional)
    gate.opened(outcome.ticket);
  const std::string shown = presenter.take_shown();
  if (!shown.empty()) show_notice(shown, kCarryOn, kToRead);
  return {};
}

void recheck_person(const Settings& settings) {
  PipeGate gate = make_gate(settings);
  for (;;) {
    Sleep(kUntilRecheck);
    WindowPresenter presenter(SheetOptions{});
    const gate::Outcome outcome = gate::converse(presenter, gate, gate::Asking::Ask);
    const Consequence next = consequence_of(outcome, settings);
    if (next.provisional) continue;
    if (next.desktop) {
      gate.opened(outcome.ticket);
      const std::string shown = presenter.take_shown();
      return shown.empty() ? void() : show_notice(shown, kCarryOn, kToRead);
    }
    show_notice(next.notice + (next.notice.empty() ? "" : "\n\n") +
                    "Save your work now. This computer logs you off in a minute.",
                kLogOff, kToSave);
    return log_off(kToClose);
  }
}

}  // namespace assent::windows
