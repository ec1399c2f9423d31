#include "winlogon-shim/service/access.h"

#include <aclapi.h>
#include <sddl.h>

#include "winlogon-shim/domain/folder_access.h"
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
  ASSENT_TRY(const Caller own, own_caller());
  return who_may_open(sid_of_service(), own.account.sid);
}

std::wstring only_for(const std::vector<std::string>& sids) {
  std::wstring out = L"O:BAD:P";
  for (const std::string& sid : sids)
    out += L"(A;OICI;FA;;;" + std::wstring(sid.begin(), sid.end()) + L")";  // ASCII
  return out;
}

Status check_only_for(const std::wstring& path, const std::vector<std::string>& sids) {
  PSID owner = nullptr;
  PACL list = nullptr;
  PSECURITY_DESCRIPTOR all = nullptr;
  std::wstring copy = path;
  const std::string name = to_utf8(path);
  const DWORD attributes = GetFileAttributesW(path.c_str());
  if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
    return fail(Code::Denied, name + " leads somewhere else");
  const DWORD fault = GetNamedSecurityInfoW(copy.data(), SE_FILE_OBJECT,
                                            OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                            &owner, nullptr, &list, nullptr, &all);
  if (fault != ERROR_SUCCESS) return windows_failure("the folder's access list", fault);
  const Handle<PSECURITY_DESCRIPTOR, LocalFree> owned(all);
  if (list == nullptr) return fail(Code::Denied, name + " is open to everybody");
  return check_access(name, text_of(owner), let_in_by(list), sids);
}

}  // namespace assent::windows
