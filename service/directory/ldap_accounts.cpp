#include "service/directory/ldap_accounts.h"

#include <algorithm>

#include "core/base/letters.h"
#include "service/directory/account_ground.h"
#include "service/directory/account_state.h"
#include "service/directory/dn.h"
#include "service/directory/filter.h"
#include "service/directory/group_change.h"
#include "service/directory/reading.h"
#include "service/directory/values.h"

namespace assent::directory {
namespace {

// userAccountControl (MS-ADTS 2.2.16): a normal account, disabled; and one whose password does not
// run out before its end does.
constexpr const char* kDisabled = "514";
constexpr const char* kEnabled = "66048";

using Kind = Modification::Kind;

Status replace(Directory& directory, const std::string& dn, Attribute attribute) {
  const Modification change{Kind::Replace, std::move(attribute)};
  return status_of(directory.modify(dn, {&change, 1}), "cannot change " + dn);
}

// A group must have the account as a member before it can be its primary one; and whoever has
// another primary group becomes a member of the old one.
Status exchange_primary_group(Directory& directory, const std::string& dn,
                              const PrimaryGroup& group, const std::string& old) {
  ASSENT_CHECK(status_of(add_members(directory, group.dn, {&dn, 1}).front(),
                         "cannot add a member to " + group.dn));
  ASSENT_CHECK(replace(directory, dn, {"primaryGroupID", {group.token}}));
  return status_of(take_members(directory, old, {&dn, 1}).front(),
                   "cannot take a member from " + old);
}

Failure taken(const std::string& login) {
  return fail(Code::Conflict, "somebody has the login " + login + " already: take another");
}

}  // namespace

LdapAccounts::LdapAccounts(DirectorySettings settings, OpenDirectory open, const Clock& clock)
    : settings_(std::move(settings)),
      accounts_(settings_.accounts.value()),
      open_(std::move(open)),
      clock_(clock) {}

std::string LdapAccounts::dn_of(const std::string& login) const {
  return rdn(is_ad() ? "CN" : "uid", login) + "," + accounts_.unit;
}

Attribute LdapAccounts::end_attribute(Time end) const {
  if (is_ad()) return {"accountExpires", {filetime_text(end)}};
  return {"pwdEndTime", {generalized_time_text(end)}};
}

std::vector<std::string> LdapAccounts::attributes() const {
  if (is_ad()) return {"sAMAccountName", "displayName", "accountExpires", "objectGUID"};
  return {"uid", "displayName", "pwdEndTime", "entryUUID"};
}

// Nothing for an entry that has no end: it was made by somebody else.
Result<std::optional<EndingAccount>> LdapAccounts::account_of(const Entry& entry) const {
  EndingAccount out{
      lower(entry.first(is_ad() ? "sAMAccountName" : "uid")), entry.first("displayName"), {}, {}};
  const std::string& end = entry.first(is_ad() ? "accountExpires" : "pwdEndTime");
  if (end.empty()) return std::optional<EndingAccount>{};
  if (is_ad()) {
    ASSENT_TRY(const auto time, parse_filetime(end));
    if (!time) return std::optional<EndingAccount>{};
    out.end = *time;
  } else {
    ASSENT_TRY(out.end, parse_generalized_time(end));
  }
  ASSENT_TRY(out.id, id_of(settings_.kind, entry));
  return std::optional{std::move(out)};
}

// True for this very account, false when there is none under its name. Conflict for another.
Result<bool> LdapAccounts::is_there(Directory& directory, const EndingAccount& account) const {
  const auto entry = read_entry(directory, dn_of(account.login), attributes());
  if (!entry && entry.error().code == Code::NotFound) return false;
  if (!entry) return fail(entry.error());
  ASSENT_TRY(const auto found, account_of(*entry));
  if (!found || found->name != account.name ||
      found->end != std::chrono::floor<seconds>(account.end))
    return taken(account.login);
  return true;
}

Status LdapAccounts::check_login_is_free(Directory& directory, const std::string& base,
                                         const std::string& login) const {
  ASSENT_TRY(const auto found, find_all(directory, {.base = base,
                                                    .filter = equals(settings_.login, login),
                                                    .attributes = {"1.1"}}));
  if (!found.empty()) return taken(login);
  return {};
}

// What was made and could not be finished goes again, unless nobody knows how that ended.
Status LdapAccounts::finish(Directory& directory, bool fresh, const std::string& login,
                            Status made) const {
  if (!made && fresh && made.error().code != Code::Unavailable) directory.remove(dn_of(login));
  return made;
}

// Without a password nobody can sign in, so it comes last; slapd hashes it.
Status LdapAccounts::create_openldap(Directory& directory, const EndingAccount& account,
                                     const std::string& password) const {
  ASSENT_CHECK(check_policy(directory, accounts_));
  ASSENT_TRY(const bool there, is_there(directory, account));
  const std::string dn = dn_of(account.login);
  if (!there) {
    ASSENT_CHECK(check_login_is_free(directory, settings_.base, account.login));
    const std::vector<Attribute> attributes{{"objectClass", {"inetOrgPerson"}},
                                            {"uid", {account.login}},
                                            {"cn", {account.name}},
                                            {"sn", {account.name}},
                                            {"displayName", {account.name}},
                                            end_attribute(account.end),
                                            {"pwdPolicySubentry", {accounts_.policy}}};
    ASSENT_CHECK(status_of(directory.add(dn, attributes), "cannot make " + dn));
  }
  return finish(directory, !there, account.login,
                status_of(directory.set_password(dn, password), "cannot set a password of " + dn));
}

// Disabled until it is in its own group and out of Domain Users, where each account begins.
Status LdapAccounts::create_ad(Directory& directory, const EndingAccount& account,
                               const std::string& password) const {
  if (settings_.server.plain)
    return fail(Code::Denied, "passwords are set over TLS alone: take tls = \"none\" away");
  ASSENT_TRY(const Domain domain, find_domain(directory));
  ASSENT_CHECK(check_quota(directory, domain));
  ASSENT_TRY(const PrimaryGroup group, find_primary_group(directory, settings_, domain));
  ASSENT_TRY(const bool there, is_there(directory, account));
  const std::string dn = dn_of(account.login);
  if (!there) {
    ASSENT_CHECK(check_login_is_free(directory, domain.dn, account.login));
    const std::vector<Attribute> attributes{
        {"objectClass", {"user"}},
        {"sAMAccountName", {account.login}},
        {"userPrincipalName", {account.login + "@" + dns_name_of(domain.dn)}},
        {"displayName", {account.name}},
        {"userAccountControl", {kDisabled}},
        end_attribute(account.end)};
    ASSENT_CHECK(status_of(directory.add(dn, attributes), "cannot make " + dn));
  }
  const auto complete = [&]() -> Status {
    // The group first: a password policy may be the group's own.
    ASSENT_CHECK(exchange_primary_group(directory, dn, group, domain.users));
    ASSENT_CHECK(replace(directory, dn, {"unicodePwd", {unicode_password(password)}}));
    return replace(directory, dn, {"userAccountControl", {kEnabled}});
  };
  return finish(directory, !there, account.login, complete());
}

Status LdapAccounts::create(const EndingAccount& account, const std::string& password) {
  ASSENT_CHECK(check_ending_account(account, password, clock_.now()));
  ASSENT_TRY(const std::unique_ptr<Directory> directory, open_());
  ASSENT_CHECK(check_unit(*directory, accounts_));
  return is_ad() ? create_ad(*directory, account, password)
                 : create_openldap(*directory, account, password);
}

Status LdapAccounts::set_end(const std::string& login, Time end) {
  ASSENT_CHECK(check_ending_login(login));
  ASSENT_CHECK(check_end(end, clock_.now()));
  ASSENT_TRY(const std::unique_ptr<Directory> directory, open_());
  return replace(*directory, dn_of(login), end_attribute(end));
}

Status LdapAccounts::remove(const std::string& login) {
  ASSENT_CHECK(check_ending_login(login));
  ASSENT_TRY(const std::unique_ptr<Directory> directory, open_());
  const std::string dn = dn_of(login);
  const Status removed = status_of(directory->remove(dn), "cannot remove " + dn);
  if (!removed && removed.error().code == Code::NotFound) return {};
  return removed;
}

Result<std::vector<EndingAccount>> LdapAccounts::list() {
  ASSENT_TRY(const std::unique_ptr<Directory> directory, open_());
  ASSENT_CHECK(check_unit(*directory, accounts_));
  std::vector<EndingAccount> out;
  const Search all{.base = accounts_.unit,
                   .filter = is_ad() ? "(objectClass=user)" : "(objectClass=inetOrgPerson)",
                   .attributes = attributes()};
  ASSENT_CHECK(search_all(*directory, all, [&](const Entry& entry) -> Status {
    ASSENT_TRY(auto account, account_of(entry));
    if (account) out.push_back(*std::move(account));
    return {};
  }));
  return out;
}

}  // namespace assent::directory
