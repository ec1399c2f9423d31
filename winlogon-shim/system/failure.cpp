#include "winlogon-shim/system/failure.h"

#include <windows.h>

#include "core/base/text.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {

Failure windows_failure(const std::string& what) {
  return windows_failure(what, GetLastError());
}

Failure windows_failure(const std::string& what, unsigned long code) {
  wchar_t words[512];
  const DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS,
                                      nullptr, code, 0, words, DWORD(std::size(words)), nullptr);
  std::wstring_view text(words, length);
  while (!text.empty() && (text.back() <= L' ' || text.back() == L'.')) text.remove_suffix(1);
  return fail(Code::Unavailable,
              what + ": " + one_line(to_utf8(text)) + " (" + std::to_string(code) + ")");
}

Failure file_failure(const std::wstring& path) {
  const DWORD fault = GetLastError();
  Failure failure = windows_failure(to_utf8(path), fault);
  if (fault == ERROR_FILE_NOT_FOUND || fault == ERROR_PATH_NOT_FOUND)
    failure.error.code = Code::NotFound;
  if (fault == ERROR_FILE_EXISTS || fault == ERROR_ALREADY_EXISTS)
    failure.error.code = Code::Conflict;
  if (fault == ERROR_ACCESS_DENIED) failure.error.code = Code::Denied;
  return failure;
}

}  // namespace assent::windows
