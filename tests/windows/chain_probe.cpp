// Stands in for the programs that the installer brings, so that packages are tested without them:
// `chain on`, `chain off` and `banner off` as assent-service.exe has them, `banner on` with its own
// words, and what the logon program would start. `write` and `read` are for the tests: a registry
// value as type and bytes.

#include <windows.h>

#include <iostream>

#include "winlogon-shim/banner/banner.h"
#include "winlogon-shim/chain/chain.h"
#include "winlogon-shim/system/registry_value.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr wchar_t kService[] = L"AssentService";

std::string logon_program() {
  wchar_t path[MAX_PATH];
  std::string own = to_utf8({path, GetModuleFileNameW(nullptr, path, MAX_PATH)});
  return own.substr(0, own.find_last_of('\\') + 1) + "assent-logon.exe";
}

int said(const Status& status) {
  if (!status) std::cerr << status.error().message << "\n";
  return status ? 0 : 1;
}

HANDLE stopped = nullptr;
SERVICE_STATUS_HANDLE reported = nullptr;

void report(DWORD state) {
  SERVICE_STATUS status{};
  status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
  status.dwCurrentState = state;
  status.dwControlsAccepted = SERVICE_ACCEPT_STOP;
  SetServiceStatus(reported, &status);
}

void WINAPI take_control(DWORD control) {
  if (control == SERVICE_CONTROL_STOP) SetEvent(stopped);
}

void WINAPI serve(DWORD, wchar_t**) {
  stopped = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  reported = RegisterServiceCtrlHandlerW(kService, take_control);
  report(SERVICE_RUNNING);
  WaitForSingleObject(stopped, INFINITE);
  report(SERVICE_STOPPED);
}

int run() {
  const SERVICE_TABLE_ENTRYW table[] = {{const_cast<wchar_t*>(kService), serve}, {}};
  return StartServiceCtrlDispatcherW(table) ? 0 : 1;
}

std::vector<BYTE> bytes_of(const std::string& hex) {
  std::vector<BYTE> out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(BYTE(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return out;
}

int show(const ValuePlace& place) {
  const auto value = read_value(place);
  if (!value || !*value) return 1;
  std::cout << (*value)->type << " ";
  for (const BYTE byte : (*value)->bytes)
    std::cout << "0123456789abcdef"[byte >> 4] << "0123456789abcdef"[byte & 15];
  std::cout << "\n";
  return 0;
}

int act(const std::vector<std::wstring>& words) {
  const std::wstring verb = words.size() > 1 ? words[1] : L"";
  const std::wstring what = words.size() > 2 ? words[2] : L"";
  if (verb == L"run") return run();
  if (verb == L"chain" && what == L"on") return said(turn_on(logon_program()));
  if (verb == L"chain" && what == L"off") return said(turn_off(logon_program()));
  if (verb == L"banner" && what == L"on") return said(show_banner({"A school", "Its rules"}));
  if (verb == L"banner" && what == L"off") return said(give_banner_back());
  if (verb == L"programs") {
    for (const auto& line : programs_to_run(logon_program())) std::cout << line << "\n";
    return 0;
  }
  if (words.size() == 4 && verb == L"read") return show({words[2].c_str(), words[3].c_str()});
  if (words.size() == 6 && verb == L"write")
    return said(write_value({words[2].c_str(), words[3].c_str()},
                            {DWORD(std::stoul(words[4])), bytes_of(to_utf8(words[5]))}));
  return 2;
}

}  // namespace
}  // namespace assent::windows

extern "C" int wmain(int count, wchar_t** words) {
  return assent::windows::act({words, words + count});
}
