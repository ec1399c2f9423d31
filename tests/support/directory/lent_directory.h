#pragma once
// A directory that a test keeps, lent to what opens one for itself.

#include "service/directory/ldap_roster.h"

namespace assent::support {

class LentDirectory final : public directory::Directory {
 public:
  explicit LentDirectory(directory::Directory& of) : of_(of) {}
  Result<directory::Page> page(const directory::Search& search,
                               const std::string& cookie) override {
    return of_.page(search, cookie);
  }
  directory::Answer modify(const std::string& dn,
                           std::span<const directory::Modification> changes) override {
    return of_.modify(dn, changes);
  }
  directory::Answer add(const std::string& dn,
                        std::span<const directory::Attribute> attributes) override {
    return of_.add(dn, attributes);
  }
  directory::Answer remove(const std::string& dn) override { return of_.remove(dn); }
  directory::Answer set_password(const std::string& dn, const std::string& password) override {
    return of_.set_password(dn, password);
  }

 private:
  directory::Directory& of_;
};

// `of` must outlive what it is given to.
inline directory::OpenDirectory lent(directory::Directory& of) {
  return [&of] { return std::make_unique<LentDirectory>(of); };
}

}  // namespace assent::support
