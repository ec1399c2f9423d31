#include "service/app/guest_network.h"

#include "service/app/session_class.h"
#include "service/app/ticket.h"
#include "service/domain/login.h"

namespace assent {

Result<GuestNetwork::Asking> GuestNetwork::asking(const RadiusRequest& request) const {
  const auto* at = needs_.nases.find(request.nas);
  if (!at || request.device.empty())
    return fail(Code::Denied, "not a registered access point that names the device");
  const auto login = canonical_login(request.user);
  std::string account = login ? *login : "";
  auto targets = guess_targets(account, request.device, request.nas);
  return Asking{at, std::move(account), std::move(targets)};
}

void GuestNetwork::authenticate(const RadiusRequest& request, const Then& then) const {
  const auto who = asking(request);
  if (!who) return then(fail(who.error()));
  const bool may_try = needs_.tries.begin(who->targets, needs_.clock.now());
  // Who has guessed too often is looked up as everybody is, with no passphrase: it takes the same.
  needs_.door.enter(
      *who->at->school, who->account, may_try ? request.password : "",
      [=, this, who = *who, device = request.device](const Result<GuestEntry>& entry) {
        if (may_try) needs_.tries.end(who.targets);
        if (entry) {
          needs_.tries.succeeded(who.targets);
          return then(let_in(*entry, *who.at, device));
        }
        if (may_try && entry.error().code == Code::Denied)
          needs_.tries.failed(who.targets, needs_.clock.now());
        then(fail(entry.error()));
      });
}

// New for each passphrase: it is a hash over what was encrypted with a random nonce.
std::string GuestNetwork::proof_of(const GuestRow& row) const {
  return to_hex(keyed_hash(needs_.key, {bytes_of("assent/guest-nt-proof/v1"), row.nt}));
}

// How they stand is judged once they have proven who they are, as with a passphrase.
Result<RadiusAttributes> GuestNetwork::offer(const RadiusRequest& request) const {
  if (!needs_.nt) return fail(Code::Denied, "MSCHAPv2 is off");
  ASSENT_TRY(const Asking who, asking(request));
  const auto row = needs_.door.holder_of(*who.at->school, who.account);
  const GuestRow known = row ? *row : GuestRow{};
  const auto kept = needs_.nt->of(known);
  if (!kept && kept.error().code != Code::NotFound) return fail(kept.error());
  const NtHash nobodys = needs_.nt->nobodys();
  const bool may_try = needs_.tries.may_try(who.targets, needs_.clock.now());
  return RadiusAttributes{
      {RadiusName::NtPassword, "0x" + to_hex(kept && may_try ? *kept : nobodys)},
      {RadiusName::NtProof, proof_of(known)}};
}

Result<GuestId> GuestNetwork::checked(const RadiusRequest& request, const Asking& who) const {
  const auto row = needs_.door.holder_of(*who.at->school, who.account);
  const bool is_theirs =
      row && !row->nt.empty() && same_bytes(bytes_of(request.proof), bytes_of(proof_of(*row)));
  const bool may_try = needs_.tries.may_try(who.targets, needs_.clock.now());
  if (is_theirs && request.is_checked && may_try) return row->guest.id;
  // What is locked already counts no further: one device must not lock more than itself.
  if (may_try) needs_.tries.failed(who.targets, needs_.clock.now());
  return fail(Code::Denied, "a wrong answer to MSCHAPv2");
}

void GuestNetwork::admit_checked(const RadiusRequest& request, const Then& then) const {
  if (!needs_.nt) return then(fail(Code::Denied, "MSCHAPv2 is off"));
  const auto who = asking(request);
  if (!who) return then(fail(who.error()));
  const auto guest = checked(request, *who);
  if (!guest) return then(fail(guest.error()));
  needs_.door.enter_proven(
      *guest, [=, this, who = *who, device = request.device](const Result<GuestEntry>& entry) {
        if (!entry) return then(fail(entry.error()));
        needs_.tries.succeeded(who.targets);
        then(let_in(*entry, *who.at, device));
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
