#include "winlogon-shim/machine/token.h"

#include <sddl.h>

#include <algorithm>
#include <cstddef>

#include "core/base/letters.h"
#include "winlogon-shim/system/abandonable.h"
#include "winlogon-shim/system/failure.h"
#include "winlogon-shim/system/handle.h"
#include "winlogon-shim/system/utf16.h"

namespace assent::windows {
namespace {

// Of one look-up of an account's name, and how many may be under way, left behind ones included.
constexpr std::chrono::milliseconds kLookUpDeadline{1500};
constexpr unsigned kLookUps = 32;

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

struct Name {
  std::string domain, login;
};

Result<Name> look_up(PSID sid) {
  wchar_t name[256], domain[256];
  DWORD name_size = DWORD(std::size(name)), domain_size = DWORD(std::size(domain));
  SID_NAME_USE use{};
  if (!LookupAccountSidW(nullptr, sid, name, &name_size, domain, &domain_size, &use))
    return windows_failure("the account has no name");
  return Name{to_utf8(domain), to_utf8(name)};
}

// Windows may ask a domain controller that does not answer, for as long as it likes.
Result<Name> look_up_in_time(PSID sid) {
  static const auto places = std::make_shared<Places>(kLookUps);
  const auto* bytes = static_cast<const BYTE*>(sid);
  std::vector<BYTE> copy(bytes, bytes + GetLengthSid(sid));
  return within<Name>(
      kLookUpDeadline, places, [copy = std::move(copy)]() mutable { return look_up(copy.data()); },
      "Windows does not say in time whose account it is");
}

using FindName = Result<Name> (*)(PSID sid);

Status name_account(PSID sid, Account& account, FindName find_name) {
  ASSENT_TRY(Name name, find_name(sid));
  account.login = std::move(name.login);
  account.domain = std::move(name.domain);
  account.machine_local = same_letters(account.domain, computer_name());
  return {};
}

Result<Account> without_name(HANDLE token, const TokenFact& user) {
  ASSENT_TRY(const TokenFact groups, TokenFact::read(token, TokenGroups));
  Account account;
  account.sid = text_of(user.as<TOKEN_USER>().User.Sid);
  const auto& list = groups.as<TOKEN_GROUPS>();
  for (DWORD i = 0; i < list.GroupCount; ++i) account.groups.push_back(text_of(list.Groups[i].Sid));
  return account;
}

Result<Handle<HANDLE, CloseHandle>> own_token() {
  HANDLE token = nullptr;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
    return windows_failure("this process has no token");
  return Handle<HANDLE, CloseHandle>(token);
}

Caller::Logon logon_of(const Account& account) {
  if (account.sid == kLocalSystem) return Caller::Logon::Screen;
  const auto has = [&](std::string_view sid) {
    return std::ranges::find(account.groups, sid) != account.groups.end();
  };
  if (has(kRemoteInteractive)) return Caller::Logon::Remote;
  return has(kInteractive) ? Caller::Logon::Console : Caller::Logon::None;
}

Result<Caller> read_caller(HANDLE token, FindName find_name) {
  ASSENT_TRY(const TokenFact user, TokenFact::read(token, TokenUser));
  ASSENT_TRY(const TokenFact statistics, TokenFact::read(token, TokenStatistics));
  ASSENT_TRY(const TokenFact session, TokenFact::read(token, TokenSessionId));
  Caller caller;
  ASSENT_TRY(caller.account, without_name(token, user));
  ASSENT_CHECK(name_account(user.as<TOKEN_USER>().User.Sid, caller.account, find_name));
  caller.logon = logon_of(caller.account);
  const LUID logon = statistics.as<TOKEN_STATISTICS>().AuthenticationId;
  caller.windows_session = session.as<DWORD>();
  caller.session = std::to_string(caller.windows_session) + ":" + std::to_string(logon.HighPart) +
                   ":" + std::to_string(logon.LowPart);
  return caller;
}

}  // namespace

Result<Caller> caller_of(HANDLE token) {
  return read_caller(token, look_up_in_time);
}

std::string computer_name() {
  wchar_t name[MAX_COMPUTERNAME_LENGTH + 1];
  DWORD size = DWORD(std::size(name));
  return GetComputerNameW(name, &size) ? to_utf8({name, size}) : "";
}

Result<Caller> own_caller() {
  ASSENT_TRY(const auto token, own_token());
  return read_caller(token.get(), look_up);
}

Result<Account> own_account_without_name() {
  ASSENT_TRY(const auto token, own_token());
  ASSENT_TRY(const TokenFact user, TokenFact::read(token.get(), TokenUser));
  return without_name(token.get(), user);
}

}  // namespace assent::windows
