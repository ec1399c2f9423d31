#include "winlogon-shim/logon/child.h"

#include "core/base/number.h"
#include "winlogon-shim/system/failure.h"

namespace assent::windows {
namespace {

Result<KernelHandle> make_event(bool stays_set) {
  SECURITY_ATTRIBUTES inheritable{sizeof inheritable, nullptr, TRUE};
  KernelHandle event(CreateEventW(&inheritable, stays_set, FALSE, nullptr));
  if (!event) return windows_failure("no event");
  return event;
}

Result<Signals> make_signals() {
  ASSENT_TRY(auto beat, make_event(false));
  ASSENT_TRY(auto desktop, make_event(true));
  ASSENT_TRY(auto provisional, make_event(true));
  ASSENT_TRY(auto leave, make_event(true));
  ASSENT_TRY(auto started, make_event(true));
  return Signals{std::move(beat), std::move(desktop), std::move(provisional), std::move(leave),
                 std::move(started)};
}

std::vector<HANDLE> handles_of(const Signals& signals) {
  return {signals.beat.get(), signals.desktop.get(), signals.provisional.get(), signals.leave.get(),
          signals.started.get()};
}

}  // namespace

Result<Child> Child::start() {
  Child child;
  ASSENT_TRY(auto signals, make_signals());
  child.signals_ = std::move(signals);
  const auto handles = handles_of(child.signals_);
  std::wstring arguments = L"--ask";
  for (const HANDLE handle : handles)
    arguments += L" " + std::to_wstring(reinterpret_cast<std::uintptr_t>(handle));
  ASSENT_TRY(auto process, start_own(arguments, handles));
  child.process_ = std::move(process);
  return child;
}

Heard Child::wait() const {
  const HANDLE any[] = {signals_.desktop.get(), signals_.provisional.get(), signals_.leave.get(),
                        process_.get(), signals_.beat.get()};
  constexpr Heard kMeaning[] = {Heard::Desktop, Heard::Provisional, Heard::Leave, Heard::Ended,
                                Heard::Beat};
  auto patience = std::chrono::milliseconds(WatchLimits::kFirstBeat);
  bool is_last_chance = false;
  for (;;) {
    const DWORD woken =
        WaitForMultipleObjects(DWORD(std::size(any)), any, FALSE, DWORD(patience.count()));
    if (woken < std::size(any) && kMeaning[woken] != Heard::Beat) return kMeaning[woken];
    if (woken >= std::size(any) && std::exchange(is_last_chance, true)) break;
    patience = woken < std::size(any) ? WatchLimits::kBeat : WatchLimits::kLastChance;
    is_last_chance = is_last_chance && woken >= std::size(any);
  }
  TerminateProcess(process_.get(), 1);
  return Heard::Nothing;
}

Result<Signals> inherited_signals(const std::vector<std::string>& arguments) {
  constexpr std::size_t kSignals = 5;
  if (arguments.size() != kSignals) return fail(Code::Invalid, "five handles are wanted");
  KernelHandle handles[kSignals];
  for (std::size_t i = 0; i < kSignals; ++i) {
    const auto number = whole_number<std::uintptr_t>(arguments[i]);
    if (!number) return fail(Code::Invalid, "a handle is no number");
    handles[i].reset(reinterpret_cast<HANDLE>(*number));
  }
  return Signals{std::move(handles[0]), std::move(handles[1]), std::move(handles[2]),
                 std::move(handles[3]), std::move(handles[4])};
}

}  // namespace assent::windows
