#pragma once
// Ends a session on the network at once (RFC 5176), whatever the session's own end is.

#include "service/app/guest_rows.h"
#include "service/domain/radius.h"

namespace assent {

class SessionCutter {
 public:
  virtual ~SessionCutter() = default;
  // Returns once the access point has said that the session is over. NotFound: it knows no such
  // session, so there is none. Denied: it refuses, and trying again cannot help. Unavailable: no
  // answer within a few seconds. One thread.
  virtual Status cut(const Nas& nas, const GuestSessionRow& stay, Time now) = 0;
};

}  // namespace assent
