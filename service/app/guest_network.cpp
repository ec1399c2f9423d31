#include "service/app/guest_network.h"

#include "service/app/session_class.h"
#include "service/app/ticket.h"
#include "service/domain/login.h"

namespace assent {

void GuestNetwork::authenticate(const RadiusRequest& request, const Then& then) const {
  const auto* at = needs_.nases.find(request.nas);
  if (!at || request.device.empty())
    return then(fail(Code::Denied, "not a registered access point that names the device"));
  const auto login = canonical_login(request.user);
  const std::string account = login ? *login : "";  // nobody has that one
  const auto targets = guess_targets(account, request.device, request.nas);
  const bool may_try = needs_.tries.begin(targets, needs_.clock.now());
  // Who has guessed too often is looked up as everybody is, with no passphrase: it takes the same.
  needs_.door.enter(*at->school, account, may_try ? request.password : "",
                    [=, this, device = request.device](const Result<GuestEntry>& entry) {
                      if (may_try) needs_.tries.end(targets);
                      if (entry) {
                        needs_.tries.succeeded(targets);
                        return then(let_in(*entry, *at, device));
                      }
                      if (may_try && entry.error().code == Code::Denied)
                        needs_.tries.failed(targets, needs_.clock.now());
                      then(fail(entry.error()));
                    });
}

Result<RadiusAttributes> GuestNetwork::let_in(const GuestEntry& entry,
                                              const NasRegister::Registered& at,
                                              const std::string& device) const {
  const Time now = needs_.clock.now();
  const SessionClass session{make_nonce(now, needs_.random), entry.row.guest.id, at.school->key,
                             device, entry.owes};
  ASSENT_TRY(
      auto told,
      admit({entry.until, entry.owes, entry.level, seal_class(needs_.key, session)}, at.nas, now));
  if (!needs_.online.take(session.guest, device, entry.devices, now))
    return fail(Code::Denied, "they have as many devices online as they may");
  return told;
}

}  // namespace assent
