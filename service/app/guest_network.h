#pragma once
// A guest's login on the network, as RADIUS asks about it. What access points report of sessions
// afterwards is guest_stays.h.

#include "service/app/guest_door.h"
#include "service/app/nas_register.h"
#include "service/app/nt_secrets.h"
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
    const NtSecrets* nt = nullptr;  // none: MSCHAPv2 is off
  };
  explicit GuestNetwork(Needs needs) : needs_(needs) {}
  using Then = std::function<void(Result<RadiusAttributes>)>;

  // What the access point is told of them. Denied, whatever the reason, after the same work: the
  // account, the passphrase, their time, their devices, too many guesses, or an access point that
  // nobody registered or that does not say for which device it asks. Unavailable when nobody can
  // say: the access point must then hear nothing, so that it asks elsewhere.
  void authenticate(const RadiusRequest& request, const Then& then) const;

  // MSCHAPv2 (RFC 2759) in two steps, because FreeRADIUS checks the answer. What it is checked
  // against: for whoever has nothing of the kind or has guessed too often, what nobody can answer
  // to, so that all look the same. Denied where it is off, and for such an access point as above;
  // any other error is no answer.
  Result<RadiusAttributes> offer(const RadiusRequest& request) const;
  // How that went. The access point is told as above; a wrong answer counts as a guess. Denied
  // besides where what was checked is no longer theirs.
  void admit_checked(const RadiusRequest& request, const Then& then) const;

 private:
  // Somebody who asks from a device at a registered access point, and what their guesses count for.
  struct Asking {
    const NasRegister::Registered* at = nullptr;
    std::string account;  // empty: nobody's
    std::vector<TryTarget> targets;
  };
  Result<Asking> asking(const RadiusRequest& request) const;
  std::string proof_of(const GuestRow& row) const;
  Result<GuestId> checked(const RadiusRequest& request, const Asking& who) const;
  Result<RadiusAttributes> let_in(const GuestEntry& entry, const NasRegister::Registered& at,
                                  const std::string& device) const;
  Needs needs_;
};

}  // namespace assent
