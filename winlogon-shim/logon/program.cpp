#include "winlogon-shim/logon/program.h"

#include <windows.h>
// after windows.h
#include <wtsapi32.h>

#include <atomic>

#include "winlogon-shim/chain/chain.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr std::size_t kLongestPath = 32'768;  // of Windows, in UTF-16 units

std::wstring own_path() {
  std::wstring path(kLongestPath, L'\0');
  path.resize(GetModuleFileNameW(nullptr, path.data(), DWORD(path.size())));
  return path;
}

// The handles that a child inherits: a list that Windows keeps in memory of ours.
class InheritedOnly {
 public:
  explicit InheritedOnly(std::vector<HANDLE> handles) : handles_(std::move(handles)) {
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    memory_.resize(size);
    is_good_ =
        InitializeProcThreadAttributeList(list(), 1, 0, &size) &&
        UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles_.data(),
                                  handles_.size() * sizeof(HANDLE), nullptr, nullptr);
  }
  InheritedOnly(const InheritedOnly&) = delete;
  InheritedOnly& operator=(const InheritedOnly&) = delete;
  ~InheritedOnly() {
    if (is_good_) DeleteProcThreadAttributeList(list());
  }
  bool is_good() const { return is_good_; }
  LPPROC_THREAD_ATTRIBUTE_LIST list() {
    return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
  }

 private:
  std::vector<HANDLE> handles_;
  std::vector<char> memory_;
  bool is_good_ = false;
};

// A path with a space and without quotes would be looked for as "C:\\Program.exe" first.
std::wstring unambiguous(const std::wstring& line) {
  const DWORD found = GetFileAttributesW(line.c_str());
  const bool is_path = found != INVALID_FILE_ATTRIBUTES && (found & FILE_ATTRIBUTE_DIRECTORY) == 0;
  return is_path ? L"\"" + line + L"\"" : line;
}

Result<KernelHandle> start(const wchar_t* program, std::wstring line, STARTUPINFOW* info,
                           DWORD flags) {
  PROCESS_INFORMATION made{};
  if (!CreateProcessW(program, line.data(), nullptr, nullptr,
                      (flags & EXTENDED_STARTUPINFO_PRESENT) != 0, flags, nullptr, nullptr, info,
                      &made))
    return windows_failure("a program cannot be started");
  CloseHandle(made.hThread);
  return KernelHandle(made.hProcess);
}

bool start_plain(const std::wstring& line) {
  STARTUPINFOW info{};
  info.cb = sizeof info;
  return bool(start(nullptr, line, &info, 0));
}

std::wstring system_userinit() {
  wchar_t folder[MAX_PATH];
  return std::wstring(folder, GetSystemDirectoryW(folder, MAX_PATH)) + L"\\userinit.exe";
}

// Loaded where somebody is logged off: everybody else's logon would wait for it.
void end_session() {
  const HMODULE library = LoadLibraryExW(L"wtsapi32.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
  if (library == nullptr) return;
  const auto log_off_session = reinterpret_cast<decltype(&WTSLogoffSession)>(
      reinterpret_cast<void*>(GetProcAddress(library, "WTSLogoffSession")));
  if (log_off_session != nullptr)
    log_off_session(WTS_CURRENT_SERVER_HANDLE, WTS_CURRENT_SESSION, TRUE);
}

}  // namespace

Result<KernelHandle> start_own(const std::wstring& arguments, const std::vector<HANDLE>& handles) {
  STARTUPINFOEXW info{};
  info.StartupInfo.cb = sizeof info;
  const std::wstring path = own_path(), line = L"\"" + path + L"\" " + arguments;
  if (handles.empty()) return start(path.c_str(), line, &info.StartupInfo, 0);
  InheritedOnly inherited(handles);
  if (!inherited.is_good()) return windows_failure("a program cannot be started");
  info.lpAttributeList = inherited.list();
  return start(path.c_str(), line, &info.StartupInfo, EXTENDED_STARTUPINFO_PRESENT);
}

Status start_desktop() {
  static std::atomic<bool> was_tried = false;
  if (was_tried.exchange(true)) return {};  // a fault after it must not bring a second one
  bool any = false, all = true;
  for (const std::string& each : programs_to_run(to_utf8(own_path()))) {
    const auto line = to_utf16(each);
    const bool started = line && start_plain(unambiguous(*line));
    any = any || started;
    all = all && started;
  }
  // A second one of Windows' own does less harm than none.
  if (!all) any = start_plain(unambiguous(system_userinit())) || any;
  return any ? Status{} : fail(Code::Unavailable, "nothing could be started");
}

void show_this_desktop() {
  const KernelHandle shown(OpenEventW(EVENT_MODIFY_STATE, FALSE, L"ShellDesktopSwitchEvent"));
  if (shown) SetEvent(shown.get());
}

// ExitWindowsEx only begins it, and any program may say no to it.
void log_off(std::chrono::milliseconds patience) {
  constexpr int kTries = 3;
  constexpr DWORD kPause = 1000;  // milliseconds
  ExitWindowsEx(EWX_LOGOFF | EWX_FORCEIFHUNG, SHTDN_REASON_MAJOR_OTHER | SHTDN_REASON_FLAG_PLANNED);
  Sleep(DWORD(patience.count()));  // this program ends with the session
  for (int i = 0; i < kTries; ++i) {
    end_session();
    Sleep(kPause);
  }
}

}  // namespace assent::windows
