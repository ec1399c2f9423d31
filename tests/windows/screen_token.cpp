// Says of the logon screen's token (logon_ui_host.exe at the other end of a pipe) what Windows says
// of LogonUI's, which is SYSTEM's, in the program that this is linked into. Wine gives every
// program one person's token. All others keep that.
#include <windows.h>

#include <string_view>

namespace {

constexpr std::wstring_view kScreen = L"\\logon_ui_host.exe";

thread_local bool is_screen = false;  // whoever this thread has impersonated last

bool is_screen_at(HANDLE pipe) {
  ULONG process = 0;
  if (!GetNamedPipeClientProcessId(pipe, &process)) return false;
  const HANDLE opened = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process);
  wchar_t path[MAX_PATH];
  DWORD size = MAX_PATH;
  const bool found = QueryFullProcessImageNameW(opened, 0, path, &size) != FALSE;
  CloseHandle(opened);
  return found && std::wstring_view(path, size).ends_with(kScreen);
}

template <class Function>
Function* of_windows(Function*, const char* name) {
  return reinterpret_cast<Function*>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"advapi32.dll"), name)));
}

BOOL WINAPI impersonate(HANDLE pipe) {
  static const auto real = of_windows(&ImpersonateNamedPipeClient, "ImpersonateNamedPipeClient");
  is_screen = is_screen_at(pipe);
  return real(pipe);
}

BOOL WINAPI information(HANDLE token, TOKEN_INFORMATION_CLASS which, void* out, DWORD size,
                        DWORD* needed) {
  static const auto real = of_windows(&GetTokenInformation, "GetTokenInformation");
  const BOOL done = real(token, which, out, size, needed);
  if (!done || !is_screen || which != TokenUser) return done;
  const PSID person = static_cast<TOKEN_USER*>(out)->User.Sid;
  DWORD room = GetLengthSid(person);  // SYSTEM's is shorter
  return CreateWellKnownSid(WinLocalSystemSid, nullptr, person, &room);
}

}  // namespace

// The names by which the program calls Windows: the linker takes these before the library's.
extern "C" {
extern decltype(&ImpersonateNamedPipeClient)
    const imported_impersonate __asm__("__imp_ImpersonateNamedPipeClient");
extern decltype(&GetTokenInformation)
    const imported_information __asm__("__imp_GetTokenInformation");
decltype(&ImpersonateNamedPipeClient) const imported_impersonate = impersonate;
decltype(&GetTokenInformation) const imported_information = information;
}
