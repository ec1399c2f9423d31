// The gate of provider_under_test.dll. The file that ASSENT_SCRIPTED_GATE names says what to do, a
// line each; what happened is appended to the same name with ".told".
//   let in | keep out MESSAGE | throw | show a window | fail to be made | throw when made
//   session DOMAIN LOGIN
#include <windows.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "winlogon-shim/provider/sessions.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::provider {
namespace {

std::wstring file() {
  wchar_t name[MAX_PATH] = L"";
  GetEnvironmentVariableW(L"ASSENT_SCRIPTED_GATE", name, MAX_PATH);
  return name;
}

std::vector<std::string> script() {
  std::vector<std::string> lines;
  std::FILE* const from = _wfopen(file().c_str(), L"rb");
  if (!from) return lines;
  std::string line;
  for (int c; (c = std::fgetc(from)) != EOF;)
    if (c == '\n')
      lines.push_back(std::exchange(line, ""));
    else
      line += char(c);
  std::fclose(from);
  return lines;
}

bool told_to(const std::string& what) {
  for (const std::string& line : script())
    if (line == what) return true;
  return false;
}

void tell(const std::string& what) {
  std::FILE* const to = _wfopen((file() + L".told").c_str(), L"ab");
  if (!to) return;
  std::fprintf(to, "%s\n", what.c_str());
  std::fclose(to);
}

// What a window's own loop does, until it is told to end.
void run_messages() {
  for (MSG message; GetMessageW(&message, nullptr, 0, 0) > 0;) DispatchMessageW(&message);
}

class ScriptedGate final : public GateAtLogon {
 public:
  ScriptedGate() { tell("made"); }
  ~ScriptedGate() override { tell("gone"); }

  Answered ask(const Account& account, void* owner_window) override {
    tell("asked " + account.domain + "|" + account.login + (owner_window ? " owned" : " unowned"));
    if (told_to("show a window")) run_messages();
    if (told_to("throw")) throw std::runtime_error("as it was told");
    const std::string out = "keep out";
    for (const std::string& line : script())
      if (line.starts_with(out)) return {false, line.substr(std::min(line.size(), out.size() + 1))};
    return {told_to("let in"), ""};
  }
  void confirmed() override { ended("confirmed"); }
  void dropped() override { ended("dropped"); }

 private:
  void ended(const char* how) {
    tell(how);
    if (told_to("throw at the end")) throw std::runtime_error("as it was told");
  }
};

class ScriptedSessions final : public Sessions {
 public:
  bool has(const Account& account) const override {
    return told_to("session " + account.domain + " " + account.login) ||
           TerminalSessions().has(account);
  }
};

}  // namespace

Result<std::unique_ptr<GateAtLogon>> make_gate() {
  if (told_to("fail to be made")) return fail(Code::Unavailable, "as it was told");
  if (told_to("throw when made")) throw std::runtime_error("as it was told");
  return std::unique_ptr<GateAtLogon>(new ScriptedGate);
}

std::unique_ptr<Sessions> make_sessions() {
  return std::make_unique<ScriptedSessions>();
}

}  // namespace assent::provider
