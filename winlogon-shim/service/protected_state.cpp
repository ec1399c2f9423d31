#include "winlogon-shim/service/protected_state.h"

#include <windows.h>

#include <initguid.h>
#include <knownfolders.h>
#include <shlobj.h>

#include "winlogon-shim/service/access.h"
#include "winlogon-shim/system/access_list.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/handle.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr DWORD kMaxFile = 4096;  // bytes

// The file inherits the folder's access list.
Status write_file(const std::wstring& path, const std::string& text, DWORD how) {
  const File file(CreateFileW(path.c_str(), GENERIC_WRITE, 0, nullptr, how,
                              FILE_ATTRIBUTE_NORMAL | FILE_FLAG_WRITE_THROUGH, nullptr));
  DWORD done = 0;
  if (file.get() == INVALID_HANDLE_VALUE) return file_failure(path);
  if (!WriteFile(file.get(), text.data(), DWORD(text.size()), &done, nullptr) ||
      done != text.size() || !FlushFileBuffers(file.get()))
    return file_failure(path);
  return {};
}

}  // namespace

Result<ProtectedState> ProtectedState::of_this_machine() {
  wchar_t* path = nullptr;
  const HRESULT result = SHGetKnownFolderPath(FOLDERID_ProgramData, 0, nullptr, &path);
  const Handle<wchar_t*, CoTaskMemFree> owned(path);
  if (FAILED(result))
    return windows_failure("Windows does not say where its ProgramData folder is", DWORD(result));
  return ProtectedState(std::wstring(path) + L"\\Assent");
}

Result<std::wstring> ProtectedState::file(const std::string& name) const {
  ASSENT_TRY(const std::wstring wide, to_utf16(name));
  return path_ + L"\\" + wide;
}

// A folder that somebody made before us, to read what we write into it, is refused.
Status ProtectedState::prepare() {
  ASSENT_TRY(const auto sids, who_may_open_here());
  ASSENT_TRY(AccessList who, AccessList::from(only_for(sids)));
  if (!CreateDirectoryW(path_.c_str(), who.get()) && GetLastError() != ERROR_ALREADY_EXISTS)
    return file_failure(path_);
  ASSENT_TRY(const File folder, hold_only_for(path_, sids));
  return {};
}

// For each use: somebody may have put another in its place since.
Result<File> ProtectedState::hold_folder() const {
  ASSENT_TRY(const auto sids, who_may_open_here());
  return hold_only_for(path_, sids);
}

Result<std::string> ProtectedState::read(const std::string& name) const {
  ASSENT_TRY(const std::wstring path, file(name));
  ASSENT_TRY(const File folder, hold_folder());
  const File file(CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING,
                              FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  if (file.get() == INVALID_HANDLE_VALUE) return file_failure(path);
  std::string text(kMaxFile + 1, '\0');
  DWORD got = 0;
  if (!ReadFile(file.get(), text.data(), DWORD(text.size()), &got, nullptr))
    return file_failure(path);
  if (got > kMaxFile) return fail(Code::Corrupt, to_utf8(path) + " is too long");
  text.resize(got);
  return text;
}

Status ProtectedState::create(const std::string& name, const std::string& text) {
  ASSENT_TRY(const std::wstring path, file(name));
  ASSENT_TRY(const File folder, hold_folder());
  return write_file(path, text, CREATE_NEW);
}

Status ProtectedState::replace(const std::string& name, const std::string& text) {
  ASSENT_TRY(const std::wstring path, file(name));
  ASSENT_TRY(const File folder, hold_folder());
  const std::wstring next = path + L".new";
  ASSENT_CHECK(write_file(next, text, CREATE_ALWAYS));
  if (!MoveFileExW(next.c_str(), path.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
    return file_failure(path);
  return {};
}

}  // namespace assent::windows
