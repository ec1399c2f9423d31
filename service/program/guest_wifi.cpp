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
      network({nases_, needs.door, needs.tries, *online_, needs.key, needs.clock, needs.random}),
      stays({nases_, needs.door, *online_, needs.sessions, needs.writer, needs.key,
             [this](const GuestSessionRow& stay, const std::string& cause) {
               cutter.cut(stay, cause);
             }}),
      cutter({nases_, *online_, needs.sessions, needs.door, stays, access_points_, needs.clock}) {}

Result<std::unique_ptr<GuestWifi>> GuestWifi::make(const Needs& needs) {
  if (!needs.config.service.radius) return std::unique_ptr<GuestWifi>();
  ASSENT_CHECK(check_secrets(needs.config));
  ASSENT_TRY(auto loaded, OnlineGuests::load(needs.sessions, needs.registry.schools()));
  std::shared_ptr<OnlineGuests> online = std::move(loaded);
  std::unique_ptr<GuestWifi> out{new GuestWifi(needs, online)};
  needs.writer.observe([online](const auto& changes) { online->committed(changes); });
  needs.writer.observe(out->cutter.observer());
  return out;
}

}  // namespace assent
