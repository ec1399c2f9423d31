#include "winlogon-shim/service/access.h"

#include <aclapi.h>
#include <sddl.h>

#include "winlogon-shim/domain/folder_access.h"
#include "winlogon-shim/domain/pipe_access.h"
#include "winlogon-shim/machine/token.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/handle.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

std::string text_of(PSID sid) {
  wchar_t* text = nullptr;
  if (!ConvertSidToStringSidW(sid, &text)) return "";
  const Handle<wchar_t*, LocalFree> owned(text);
  return to_utf8(text);
}

// Windows gives each service a SID of its own; empty where it is not installed.
std::string sid_of_service() {
  BYTE sid[SECURITY_MAX_SID_SIZE];
  wchar_t domain[256];
  DWORD size = sizeof sid, domain_size = DWORD(std::size(domain));
  SID_NAME_USE use{};
  const std::wstring name = std::wstring(L"NT SERVICE\\") + kServiceName;
  return LookupAccountNameW(nullptr, name.c_str(), sid, &size, domain, &domain_size, &use)
             ? text_of(sid)
             : "";
}

// Each entry of an access list that lets somebody in.
std::vector<std::string> let_in_by(PACL list) {
  std::vector<std::string> sids;
  for (DWORD i = 0; list != nullptr && i < list->AceCount; ++i) {
    void* entry = nullptr;
    if (!GetAce(list, i, &entry)) continue;
    auto* allowed = static_cast<ACCESS_ALLOWED_ACE*>(entry);
    if (allowed->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && allowed->Mask != 0)
      sids.push_back(text_of(&allowed->SidStart));
  }
  return sids;
}

}  // namespace

Result<std::vector<std::string>> who_may_open_here() {
  ASSENT_TRY(const Account own, own_account_without_name());
  return who_may_open(sid_of_service(), own.sid);
}

Result<std::string> pipe_access_here() {
  ASSENT_TRY(const Account own, own_account_without_name());
  return pipe_access(sid_of_service(), own.groups);
}

std::wstring only_for(const std::vector<std::string>& sids) {
  std::wstring out = L"O:BAD:P";
  for (const std::string& sid : sids)
    out += L"(A;OICI;FA;;;" + std::wstring(sid.begin(), sid.end()) + L")";  // ASCII
  return out;
}

Result<File> hold_only_for(const std::wstring& path, const std::vector<std::string>& sids) {
  const std::string name = to_utf8(path);
  // Windows keeps others from renaming or removing what is open to be read and not shared for that.
  File folder(CreateFileW(path.c_str(), FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES | READ_CONTROL,
                          FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
                          FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  if (folder.get() == INVALID_HANDLE_VALUE) return file_failure(path);
  BY_HANDLE_FILE_INFORMATION facts{};
  if (!GetFileInformationByHandle(folder.get(), &facts)) return file_failure(path);
  if ((facts.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
    return fail(Code::Denied, name + " leads somewhere else");
  PSID owner = nullptr;
  PACL list = nullptr;
  PSECURITY_DESCRIPTOR all = nullptr;
  const DWORD fault = GetSecurityInfo(folder.get(), SE_FILE_OBJECT,
                                      OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                      &owner, nullptr, &list, nullptr, &all);
  if (fault != ERROR_SUCCESS) return windows_failure("the folder's access list", fault);
  const Handle<PSECURITY_DESCRIPTOR, LocalFree> owned(all);
  if (list == nullptr) return fail(Code::Denied, name + " is open to everybody");
  ASSENT_CHECK(check_access(name, text_of(owner), let_in_by(list), sids));
  return folder;
}

}  // namespace assent::windows
