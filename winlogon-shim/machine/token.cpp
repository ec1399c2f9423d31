#include "winlogon-shim/machine/token.h"

#include <sddl.h>

#include <algorithm>
#include <cstddef>

#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/handle.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

constexpr std::string_view kInteractive = "S-1-5-4", kRemoteInteractive = "S-1-5-14",
                           kLocalSystem = "S-1-5-18";

// One class of what a token holds. The bytes are aligned for any of Windows' structs.
class TokenFact {
 public:
  static Result<TokenFact> read(HANDLE token, TOKEN_INFORMATION_CLASS which) {
    DWORD size = 0;
    GetTokenInformation(token, which, nullptr, 0, &size);
    TokenFact fact;
    fact.bytes_.resize(size / sizeof(std::max_align_t) + 1);
    if (size == 0 || !GetTokenInformation(token, which, fact.bytes_.data(), size, &size))
      return windows_failure("the token cannot be read");
    return fact;
  }
  template <class T>
  const T& as() const {
    return *reinterpret_cast<const T*>(bytes_.data());
  }

 private:
  std::vector<std::max_align_t> bytes_;
};

std::string text_of(PSID sid) {
  wchar_t* text = nullptr;
  if (!ConvertSidToStringSidW(sid, &text)) return "";
  const Handle<wchar_t*, LocalFree> owned(text);
  return to_utf8(text);
}

Status name_account(PSID sid, Account& account) {
  wchar_t name[256], domain[256];
  DWORD name_size = DWORD(std::size(name)), domain_size = DWORD(std::size(domain));
  SID_NAME_USE use{};
  if (!LookupAccountSidW(nullptr, sid, name, &name_size, domain, &domain_size, &use))
    return windows_failure("the account has no name");
  account.login = to_utf8(name);
  account.domain = to_utf8(domain);
  account.machine_local = same_name(account.domain, computer_name());
  return {};
}

Caller::Logon logon_of(const Account& account) {
  if (account.sid == kLocalSystem) return Caller::Logon::Screen;
  const auto has = [&](std::string_view sid) {
    return std::ranges::find(account.groups, sid) != account.groups.end();
  };
  if (has(kRemoteInteractive)) return Caller::Logon::Remote;
  return has(kInteractive) ? Caller::Logon::Console : Caller::Logon::None;
}

}  // namespace

Result<Caller> caller_of(HANDLE token) {
  ASSENT_TRY(const TokenFact user, TokenFact::read(token, TokenUser));
  ASSENT_TRY(const TokenFact groups, TokenFact::read(token, TokenGroups));
  ASSENT_TRY(const TokenFact statistics, TokenFact::read(token, TokenStatistics));
  ASSENT_TRY(const TokenFact session, TokenFact::read(token, TokenSessionId));
  Caller caller;
  const PSID sid = user.as<TOKEN_USER>().User.Sid;
  ASSENT_CHECK(name_account(sid, caller.account));
  caller.account.sid = text_of(sid);
  const auto& list = groups.as<TOKEN_GROUPS>();
  for (DWORD i = 0; i < list.GroupCount; ++i)
    caller.account.groups.push_back(text_of(list.Groups[i].Sid));
  caller.logon = logon_of(caller.account);
  const LUID logon = statistics.as<TOKEN_STATISTICS>().AuthenticationId;
  caller.windows_session = session.as<DWORD>();
  caller.session = std::to_string(caller.windows_session) + ":" + std::to_string(logon.HighPart) +
                   ":" + std::to_string(logon.LowPart);
  return caller;
}

std::string computer_name() {
  wchar_t name[MAX_COMPUTERNAME_LENGTH + 1];
  DWORD size = DWORD(std::size(name));
  return GetComputerNameW(name, &size) ? to_utf8({name, size}) : "";
}

Result<Caller> own_caller() {
  HANDLE token = nullptr;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
    return windows_failure("this process has no token");
  const Handle<HANDLE, CloseHandle> owned(token);
  return caller_of(token);
}

}  // namespace assent::windows
