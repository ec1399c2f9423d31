#pragma once
// One libldap handle with its options set as they must be, and the watchdog that bounds its calls.
// Inside directory/ only.

#include <ldap.h>

#include <functional>
#include <memory>
#include <span>

#include "service/app/directory_settings.h"
#include "service/directory/answer.h"
#include "service/directory/resolve.h"
#include "service/directory/watchdog.h"

namespace assent::directory {

class Handle {
 public:
  // Connected to one of the host's addresses; nothing is said yet. The certificate will be compared
  // with the name in `url`.
  static Result<std::unique_ptr<Handle>> make(const DirectoryUrl& url, const DirectoryServer& how,
                                              std::span<const Address> addresses);
  ~Handle();
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  // Runs one call of libldap with the deadline, which is `more` later for a call that is much work
  // for the server; gives its code and the server's text. After one that lost the connection, or
  // had no answer in time, libldap is called no more: it would connect by itself.
  Answer run(const std::function<int(LDAP*)>& call, milliseconds more = {});
  LDAP* get() const { return ldap_; }

 private:
  explicit Handle(milliseconds limit);
  Status connect(const DirectoryUrl& url, std::span<const Address> addresses);
  Status prepare(const DirectoryServer& how);
  bool set_common();
  bool set_tls(const DirectoryServer& how);

  milliseconds limit_;
  Watchdog watchdog_;
  LDAP* ldap_ = nullptr;
  bool lost_ = false;
};

}  // namespace assent::directory
