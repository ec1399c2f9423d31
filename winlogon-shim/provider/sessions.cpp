#include "winlogon-shim/provider/sessions.h"

#include <windows.h>
// after windows.h
#include <wtsapi32.h>

#include <string>

#include "winlogon-shim/system/handle.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::provider {
namespace {

bool same(std::wstring_view left, std::wstring_view right) {
  return CompareStringOrdinal(left.data(), int(left.size()), right.data(), int(right.size()),
                              TRUE) == CSTR_EQUAL;
}

std::wstring text_of(DWORD session, WTS_INFO_CLASS which) {
  LPWSTR text = nullptr;
  DWORD bytes = 0;
  if (!WTSQuerySessionInformationW(WTS_CURRENT_SERVER_HANDLE, session, which, &text, &bytes))
    return L"";
  const windows::Handle<LPWSTR, WTSFreeMemory> owned(text);
  return text;
}

std::wstring computer() {
  wchar_t name[MAX_COMPUTERNAME_LENGTH + 1];
  DWORD size = MAX_COMPUTERNAME_LENGTH + 1;
  return GetComputerNameW(name, &size) ? std::wstring(name, size) : L"";
}

}  // namespace

bool is_session_of(const Account& account, std::wstring_view domain, std::wstring_view login,
                   std::wstring_view here) {
  const auto theirs = windows::to_utf16(account.login), of = windows::to_utf16(account.domain);
  if (login.empty() || !theirs || !of || !same(*theirs, login)) return false;
  return same(of->empty() || *of == L"." ? here : std::wstring_view(*of), domain);
}

bool TerminalSessions::has(const Account& account) const {
  PWTS_SESSION_INFOW first = nullptr;
  DWORD count = 0;
  if (!WTSEnumerateSessionsW(WTS_CURRENT_SERVER_HANDLE, 0, 1, &first, &count)) return false;
  const windows::Handle<PWTS_SESSION_INFOW, WTSFreeMemory> owned(first);
  const std::wstring here = computer();
  for (DWORD i = 0; i < count; ++i) {
    const DWORD id = first[i].SessionId;
    if (is_session_of(account, text_of(id, WTSDomainName), text_of(id, WTSUserName), here))
      return true;
  }
  return false;
}

}  // namespace assent::provider
