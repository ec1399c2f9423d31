// assent-logon: what Winlogon starts in Userinit's place. Whoever owes nothing gets the desktop
// from this process at once; a child of it asks the others, so that no fault of a window or of a
// long conversation leaves anybody without one.
#include <windows.h>

#include <cstdlib>

#include "winlogon-shim/domain/watch.h"
#include "winlogon-shim/logon/asker.h"
#include "winlogon-shim/logon/child.h"
#include "winlogon-shim/machine/registry_settings.h"
#include "winlogon-shim/machine/token.h"
#include "winlogon-shim/pipe/pipe_gate.h"
#include "winlogon-shim/system/abandonable.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

// Where there is no desktop yet, and so no program that asks whether to save.
constexpr std::chrono::seconds kToClose{1};

// Whom a group spares needs no name, which Windows may have to ask for far away. An account that
// cannot be read is a person's: the service reads it anew.
Standing standing_here(const Settings& settings) {
  if (settings.disabled) return Standing::Spared;
  const auto nameless = own_account_without_name();
  if (nameless && standing_of(*nameless, settings) == Standing::Spared) return Standing::Spared;
  const auto own = own_caller();
  return own ? standing_of(own->account, settings) : Standing::Person;
}

PipeGate gate_for(const Settings& settings) {
  PipeGate::Options options;
  options.deadline = std::chrono::milliseconds(settings.deadline_ms);
  return PipeGate(std::move(options));
}

void follow(const Consequence& next, const Child* child) {
  if (!next.desktop) return log_off(kToClose);
  static_cast<void>(start_desktop());
  if (child != nullptr) child->go_on();
  if (next.provisional) static_cast<void>(start_own(L"--recheck", {}));
}

void ask_by_child(const Settings& settings) {
  const auto child = Child::start();
  if (!child) return follow(consequence_of_fault(settings), nullptr);
  follow(consequence_of(child->wait(), settings), &*child);
}

struct Asked {
  Standing standing;
  Result<wire::AgentCheckReply> reply;  // for a Person
};

// The first question. Windows may look names up far away for it, which no deadline of ours bounds.
Result<Asked> ask_first(const Settings& settings) {
  const Standing standing = standing_here(settings);
  if (standing != Standing::Person)
    return Asked{standing, fail(Code::NotFound, "there was nothing to ask")};
  return Asked{standing, gate_for(settings).check(false)};
}

void log_on(const Settings& settings) {
  constexpr std::chrono::milliseconds kMargin{3000};  // beyond what the service takes at most
  const auto asked = within<Asked>(
      std::chrono::milliseconds(settings.deadline_ms) + kMargin, std::make_shared<Places>(1),
      [settings] { return ask_first(settings); }, "Windows does not answer");
  const bool is_open = settings.on_unavailable == OnUnavailable::Open;
  if (!asked && is_open) return follow(consequence_of_fault(settings), nullptr);
  if (!asked || asked->standing == Standing::KeptOut) return ask_by_child(settings);
  if (asked->standing != Standing::Person) return static_cast<void>(start_desktop());
  // Nobody has to wait for the same outage twice.
  const auto& reply = asked->reply;
  if (!reply && is_open) return follow(consequence_of_fault(settings), nullptr);
  const bool is_clear = reply && reply->verdict == wire::Verdict::Clear && reply->message.empty();
  if (!is_clear) return ask_by_child(settings);
  if (start_desktop()) gate_for(settings).opened("");
}

std::vector<std::string> arguments() {
  std::vector<std::string> out;
  for (int i = 1; i < __argc; ++i) out.push_back(to_utf8(__wargv[i]));
  return out;
}

int main_of() {
  const Settings settings = read_settings(RegistrySettings()).settings;
  std::vector<std::string> words = arguments();
  if (words.empty()) return log_on(settings), 0;
  const std::string verb = words.front();
  words.erase(words.begin());
  if (verb == "--recheck") return recheck_person(settings), 0;
  return verb == "--ask" && ask_person(words, settings) ? 0 : 1;
}

// A fault of this process itself, where the child's would be its parent's to answer.
LONG WINAPI after_crash(EXCEPTION_POINTERS*) {
  const Settings settings = read_settings(RegistrySettings()).settings;
  const Standing standing = standing_here(settings);
  const bool is_asked = standing == Standing::Person || standing == Standing::KeptOut;
  if (!is_asked || settings.on_unavailable == OnUnavailable::Open)
    static_cast<void>(start_desktop());
  else
    log_off(kToClose);
  return EXCEPTION_EXECUTE_HANDLER;  // ends the process
}

}  // namespace
}  // namespace assent::windows

int WINAPI wWinMain(HINSTANCE, HINSTANCE, wchar_t*, int) {
  using namespace assent::windows;
  const bool is_first = arguments().empty();
  if (is_first) SetUnhandledExceptionFilter(after_crash);
  try {
    return main_of();
  } catch (...) {  // a bug, or no memory
    if (is_first) after_crash(nullptr);
    return 70;
  }
}
