#pragma once
// A guest's login on the network, as RADIUS asks about it. What access points report of sessions
// afterwards is guest_stays.h.

#include "service/app/guest_door.h"
#include "service/app/nas_register.h"
#include "service/app/online_guests.h"
#include "service/domain/try_limit.h"

namespace assent {

// Any thread.
class GuestNetwork {
 public:
  struct Needs {
    const NasRegister& nases;
    const GuestDoor& door;
    TryLimiter& tries;
    OnlineGuests& online;
    const SecretKey& key;
    const Clock& clock;
    Random& random;
  };
  explicit GuestNetwork(Needs needs) : needs_(needs) {}
  using Then = std::function<void(Result<RadiusAttributes>)>;

  // What the access point is told of them. Denied, whatever the reason, after the same work: the
  // account, the passphrase, their time, their devices, too many guesses, or an access point that
  // nobody registered or that does not say for which device it asks. Unavailable when nobody can
  // say: the access point must then hear nothing, so that it asks elsewhere.
  void authenticate(const RadiusRequest& request, const Then& then) const;

 private:
  Result<RadiusAttributes> let_in(const GuestEntry& entry, const NasRegister::Registered& at,
                                  const std::string& device) const;
  Needs needs_;
};

}  // namespace assent
