#pragma once
// A login as the RADIUS attribute Class: sealed, given to the access point, and sent back with
// every report of the session. It is what says whose session that is, so a login writes nothing.

#include "service/app/guest_rows.h"
#include "service/app/sealed.h"

namespace assent {

struct SessionClass {
  Nonce login{};  // one for each
  GuestId guest;
  SchoolKey school = 0;
  std::string device;
  bool quarantined = false;
  friend bool operator==(const SessionClass&, const SessionClass&) = default;
};

// Fits into an attribute (RadiusLimits::kText).
std::string seal_class(const SecretKey& key, const SessionClass& session);
// Denied unless we sealed it.
Result<SessionClass> open_class(const SecretKey& key, std::string_view sealed);

// One stay: a device that moves on to another access point, or comes back there without a new
// login, has several of one login.
GuestSessionId stay_id(const SessionClass& session, std::string_view nas,
                       std::string_view nas_session);

}  // namespace assent
