#include "service/directory/account_state.h"

#include "core/base/number.h"
#include "service/directory/values.h"

namespace assent::directory {
namespace {

// slapo-ppolicy(5): "the account has been permanently locked, and may only be unlocked by an
// administrator".
constexpr std::string_view kLockedForGood = "000001010000Z";
constexpr std::uint32_t kAccountDisable = 2;  // of userAccountControl, MS-ADTS 2.2.16

Result<bool> is_usable_ad(const Entry& entry, Time now) {
  const auto flags = whole_number<std::uint32_t>(entry.first("userAccountControl"));
  if (!flags)
    return fail(Code::Invalid, "userAccountControl cannot be read: may the account read it?");
  if ((*flags & kAccountDisable) != 0) return false;
  const std::string& expires = entry.first("accountExpires");
  if (expires.empty()) return true;
  ASSENT_TRY(const auto end_time, parse_filetime(expires));
  return !end_time || *end_time > now;
}

Result<bool> is_usable_openldap(const Entry& entry, Time now) {
  if (entry.first("pwdAccountLockedTime") == kLockedForGood) return false;
  const std::string& expires = entry.first("pwdEndTime");
  if (expires.empty()) return true;
  ASSENT_TRY(const Time end_time, parse_generalized_time(expires));
  return end_time > now;
}

}  // namespace

std::vector<std::string> state_attributes(DirectoryKind kind) {
  if (kind == DirectoryKind::ActiveDirectory) return {"userAccountControl", "accountExpires"};
  return {"pwdAccountLockedTime", "pwdEndTime"};
}

Result<bool> is_usable(DirectoryKind kind, const Entry& entry, Time now) {
  return kind == DirectoryKind::ActiveDirectory ? is_usable_ad(entry, now)
                                                : is_usable_openldap(entry, now);
}

std::string id_attribute(DirectoryKind kind) {
  return kind == DirectoryKind::ActiveDirectory ? "objectGUID" : "entryUUID";
}

Result<std::string> id_of(DirectoryKind kind, const Entry& entry) {
  const std::string name = id_attribute(kind);
  const std::string& value = entry.first(name);
  if (value.empty())
    return fail(Code::Invalid, "has no " + name + ": this account may not read it");
  return kind == DirectoryKind::ActiveDirectory ? guid_text(value) : uuid_text(value);
}

}  // namespace assent::directory
