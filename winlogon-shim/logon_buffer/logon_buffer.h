#pragma once
// Reads whom a credential provider hands to Windows for a logon by password: a packed
// KERB_INTERACTIVE_UNLOCK_LOGON in the layout of 64-bit Windows. Its password is not looked at.

#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace assent::provider {

struct LogonBuffer {
  bool unlocks = false;  // the session that the person has already, instead of a new one
  std::string domain;    // UTF-8, as it was typed: may be empty or "."
  std::string login;     // never empty

  bool operator==(const LogonBuffer&) const = default;
};

// Invalid for another kind of logon, an empty login, and what does not lie within `buffer`.
// What is no UTF-16 becomes U+FFFD: no name may keep a buffer from being read.
Result<LogonBuffer> parse_logon_buffer(Bytes buffer);

}  // namespace assent::provider
