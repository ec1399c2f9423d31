#pragma once
// Accounts with an end in OpenLDAP (pwdEndTime, which a password policy makes hold) and in Active
// Directory (accountExpires). Each stands directly below the configured unit under its login.

#include "service/app/ending_accounts.h"
#include "service/directory/ldap_roster.h"

namespace assent::directory {

class LdapAccounts final : public EndingAccounts {
 public:
  // `settings.accounts` must be there; `clock` must outlive it.
  LdapAccounts(DirectorySettings settings, OpenDirectory open, const Clock& clock);
  // What of it fails for good leaves no account; what ends without an answer leaves at most one
  // that cannot sign in, or that ends.
  Status create(const EndingAccount& account, const std::string& password) override;
  Status set_end(const std::string& login, Time end) override;
  Status remove(const std::string& login) override;
  Result<std::vector<EndingAccount>> list() override;

 private:
  bool is_ad() const { return settings_.kind == DirectoryKind::ActiveDirectory; }
  std::string dn_of(const std::string& login) const;
  Attribute end_attribute(Time end) const;
  std::vector<std::string> attributes() const;
  Result<std::optional<EndingAccount>> account_of(const Entry& entry) const;
  Result<bool> is_there(Directory& directory, const EndingAccount& account) const;
  Status check_login_is_free(Directory& directory, const std::string& base,
                             const std::string& login) const;
  Status finish(Directory& directory, bool fresh, const std::string& login, Status made) const;
  Status create_openldap(Directory& directory, const EndingAccount& account,
                         const std::string& password) const;
  Status create_ad(Directory& directory, const EndingAccount& account,
                   const std::string& password) const;

  const DirectorySettings settings_;
  const EndingAccountSettings accounts_;
  const OpenDirectory open_;
  const Clock& clock_;
};

}  // namespace assent::directory
