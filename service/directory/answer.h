#pragma once
// What a directory said to one call: its result code (RFC 4511, A.1), what the code means for the
// caller, and words for a technician. Pure.

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace assent::directory {

struct Answer {
  int code = 0;
  std::string said;  // the server's own text; may be empty

  bool is_good() const { return code == 0; }
};

// libldap's own codes, which no server sends.
constexpr int kServerDown = -1, kTimedOut = -5, kConnectError = -11;

// What the caller of a failed call should do. Not for code 0.
Code code_of(int ldap_code);
// "cannot sign in as cn=x at ldaps://y: the password is wrong (LDAP 49, 52e: …)"; `doing` is the
// beginning. Safe to print.
Error error_of(const Answer& answer, const std::string& doing);
// The same as a Status: nothing for a good answer.
Status status_of(const Answer& answer, const std::string& doing);

// Active Directory's hexadecimal sub-code of a failed sign-in ("52e" of "… data 52e, v2580"), in
// lower case; empty if there is none.
std::string sub_code_of(std::string_view said);

}  // namespace assent::directory
