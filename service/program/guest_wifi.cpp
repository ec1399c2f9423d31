#include "service/program/guest_wifi.h"

#include "core/files/files.h"

namespace assent {
namespace {

constexpr std::size_t kSecretBytes = 1024;

// radclient would only say that nobody answers.
Status check_secrets(const Config& config) {
  for (const auto& [school, nases] : config.nases)
    for (const Nas& nas : nases) {
      if (nas.secret_file.empty()) continue;
      ASSENT_TRY(const std::string secret,
                 read_file(nas.secret_file, kSecretBytes, Readable::ByOwnerOnly));
      if (secret.empty()) return fail(Code::Invalid, nas.secret_file + " is empty");
    }
  return {};
}

}  // namespace

GuestWifi::GuestWifi(const Needs& needs, std::shared_ptr<OnlineGuests> online)
    : nases_(needs.registry, needs.config.nases),
      online_(std::move(online)),
      network({nases_, needs.door, needs.tries, *online_, needs.key, needs.clock, needs.random,
               needs.nt}),
      stays({nases_, needs.door, *online_, needs.sessions, needs.writer, needs.key,
             [this](const GuestSessionRow& stay, const std::string& cause) {
               cutter.cut(stay, cause);
             }}),
      cutter({nases_, gateways.all(), *online_, needs.sessions, needs.door, stays, access_points_,
              needs.clock}) {}

// None of those goes on, as its gateway says (Gateways::Gone).
void GuestWifi::end_stays(const std::string& gateway, const std::string& device,
                          const std::string& cause) {
  const PortalGateway* at = gateways.all().find(gateway);
  for (const GuestSessionRow& stay : online_->at(gateway))
    if (device.empty() ? at && !at->is_opening(stay.device) : stay.device == device)
      stays.end(stay, cause, [](const Result<Written>&) {});
}

Result<std::unique_ptr<GuestWifi>> GuestWifi::make(const Needs& needs) {
  ASSENT_CHECK(check_secrets(needs.config));
  ASSENT_TRY(auto loaded, OnlineGuests::load(needs.sessions, needs.registry.schools()));
  std::shared_ptr<OnlineGuests> online = std::move(loaded);
  std::unique_ptr<GuestWifi> out{new GuestWifi(needs, online)};
  ASSENT_CHECK(out->gateways.add(needs.config, needs.clock,
                                 [wifi = out.get()](auto&&... gone) { wifi->end_stays(gone...); }));
  needs.writer.observe([online](const auto& changes) { online->committed(changes); });
  needs.writer.observe(out->cutter.observer());
  return out;
}

}  // namespace assent
