#pragma once
// Whether a password is somebody's, by signing in as them (RFC 4513, 5.1.3), at the same server
// that was just asked how many wrong ones it has counted.

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "service/app/directory_settings.h"
#include "service/directory/directory.h"
#include "service/directory/membership.h"

namespace assent::directory {

// A connection signed in at one address: as somebody, or with an empty `dn` as the service's own
// account.
using OpenAs = std::function<Result<std::unique_ptr<Directory>>(
    const DirectoryUrl& url, const std::string& dn, const std::string& password)>;

// Any thread; one question at a time, so that of two wrong passwords the second sees the first
// counted.
class LdapPasswords final : public PasswordCheck {
 public:
  // `settings` has a sign_in. A group of `never` that is not there is an error: nobody signs in.
  LdapPasswords(DirectorySettings settings, OpenAs open, const Clock& clock);
  Result<PasswordWord> check(const std::string& login, const std::string& password) override;

 private:
  Result<PasswordWord> check_at(const DirectoryUrl& url, const std::string& login,
                                const std::string& password) const;
  Result<std::optional<Membership>> refused_groups(Directory& directory) const;  // none: nobody is
  Result<bool> may_be_tried(std::optional<Membership>& refused, const Entry& entry,
                            const std::string& login) const;
  unsigned wrong_passwords(const Entry& entry) const;

  DirectorySettings settings_;
  OpenAs open_;
  const Clock& clock_;
  std::mutex one_at_a_time_;
};

// OpenAs over the network.
OpenAs open_as(const DirectoryServer& server);

}  // namespace assent::directory
