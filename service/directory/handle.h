#pragma once
// One libldap handle with its options set as they must be, and the watchdog that bounds its calls.
// Inside directory/ only.

#include <ldap.h>

#include <functional>
#include <memory>

#include "service/app/directory_settings.h"
#include "service/directory/answer.h"
#include "service/directory/watchdog.h"

namespace assent::directory {

class Handle {
 public:
  // Talks to nobody yet.
  static Result<std::unique_ptr<Handle>> make(const DirectoryUrl& url, const DirectoryServer& how);
  ~Handle();
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  // Runs one call of libldap with the deadline, which is `more` later for a call that is much work
  // for the server; gives its code and the server's text.
  Answer run(const std::function<int(LDAP*)>& call, milliseconds more = {});
  LDAP* get() const { return ldap_; }

 private:
  explicit Handle(milliseconds limit);
  Status prepare(const DirectoryUrl& url, const DirectoryServer& how);
  bool set_common();
  bool set_tls(const DirectoryServer& how);

  milliseconds limit_;
  Watchdog watchdog_;
  ldap_conncb callbacks_{};
  LDAP* ldap_ = nullptr;
};

}  // namespace assent::directory
