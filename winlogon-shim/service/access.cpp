#include "winlogon-shim/service/access.h"

#include <aclapi.h>
#include <sddl.h>

#include <algorithm>

#include "winlogon-shim/machine/token.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/handle.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr wchar_t kSystem[] = L"S-1-5-18", kAdministrators[] = L"S-1-5-32-544";

std::wstring text_of(PSID sid) {
  wchar_t* text = nullptr;
  if (!ConvertSidToStringSidW(sid, &text)) return L"";
  const Handle<wchar_t*, LocalFree> owned(text);
  return text;
}

// Windows gives each service a SID of its own; empty where it is not installed.
std::wstring sid_of_service() {
  BYTE sid[SECURITY_MAX_SID_SIZE];
  wchar_t domain[256];
  DWORD size = sizeof sid, domain_size = DWORD(std::size(domain));
  SID_NAME_USE use{};
  const std::wstring name = std::wstring(L"NT SERVICE\\") + kServiceName;
  return LookupAccountNameW(nullptr, name.c_str(), sid, &size, domain, &domain_size, &use)
             ? text_of(sid)
             : L"";
}

// Each entry of an access list that lets somebody in.
std::vector<std::wstring> let_in_by(PACL list) {
  std::vector<std::wstring> sids;
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

Result<std::vector<std::wstring>> who_may_open() {
  ASSENT_TRY(const Caller own, own_caller());
  ASSENT_TRY(std::wstring sid, to_utf16(own.account.sid));
  std::vector<std::wstring> sids{kSystem, kAdministrators};
  for (std::wstring& each : std::vector<std::wstring>{sid_of_service(), std::move(sid)})
    if (!each.empty() && std::ranges::find(sids, each) == sids.end()) sids.push_back(each);
  return sids;
}

std::wstring only_for(const std::vector<std::wstring>& sids) {
  std::wstring out = L"O:BAD:P";
  for (const std::wstring& sid : sids) out += L"(A;OICI;FA;;;" + sid + L")";
  return out;
}

Status check_only_for(const std::wstring& path, const std::vector<std::wstring>& sids) {
  PSID owner = nullptr;
  PACL list = nullptr;
  PSECURITY_DESCRIPTOR all = nullptr;
  std::wstring copy = path;
  const DWORD fault = GetNamedSecurityInfoW(copy.data(), SE_FILE_OBJECT,
                                            OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                            &owner, nullptr, &list, nullptr, &all);
  if (fault != ERROR_SUCCESS) return windows_failure("the folder's access list", fault);
  const Handle<PSECURITY_DESCRIPTOR, LocalFree> owned(all);
  const auto may = [&](const std::wstring& sid) {
    return std::ranges::find(sids, sid) != sids.end();
  };
  const std::string name = to_utf8(path);
  if (!may(text_of(owner))) return fail(Code::Denied, name + " belongs to somebody else");
  if (list == nullptr) return fail(Code::Denied, name + " is open to everybody");
  for (const std::wstring& sid : let_in_by(list))
    if (!may(sid)) return fail(Code::Denied, name + " is open to " + to_utf8(sid));
  return {};
}

}  // namespace assent::windows
