#include "service/program/gateways.h"

#include "core/files/files.h"
#include "service/gateway/fas_query.h"

namespace assent {
namespace {

constexpr std::size_t kSecretBytes = 1024;

Result<std::string> read_secret_line(const std::string& path) {
  ASSENT_TRY(std::string secret, read_file(path, kSecretBytes, Readable::ByOwnerOnly));
  if (secret.ends_with('\n')) secret.pop_back();
  if (secret.empty()) return fail(Code::Invalid, path + " is empty");
  return secret;
}

}  // namespace

Status Gateways::add(const Config& config, const Clock& clock, const Gone& gone) {
  for (const auto& [school, gateways] : config.gateways)
    for (const GatewaySettings& settings : gateways) switch (settings.kind) {
        case GatewayKind::OpenNds: ASSENT_CHECK(add_opennds(school, settings, clock, gone)); break;
        case GatewayKind::UniFi: ASSENT_CHECK(add_unifi(school, settings, clock)); break;
        case GatewayKind::Meraki:
          add_meraki(school, settings, config.service.public_url, clock);
          break;
      }
  return {};
}

Status Gateways::add_opennds(const SchoolName& school, const GatewaySettings& settings,
                             const Clock& clock, const Gone& gone) {
  ASSENT_TRY(std::string key, read_secret_line(settings.secret_file));
  if (!gateway::is_fas_key(key))
    return fail(Code::Invalid, settings.secret_file + " must be 16 to 32 letters and digits: " +
                                   "openNDS takes no other faskey");
  const auto of_this = [gone, name = settings.name](const auto& device, const auto& cause) {
    gone(name, device, cause);
  };
  asking_[settings.name] =
      std::make_shared<gateway::OpenNds>(settings, std::move(key), clock, of_this);
  all_.add(school, settings.name, asking_[settings.name], settings.clients);
  return {};
}

Status Gateways::add_unifi(const SchoolName& school, const GatewaySettings& settings,
                           const Clock& clock) {
  ASSENT_TRY(std::string key, read_secret_line(settings.secret_file));
  ASSENT_TRY(auto made, gateway::UniFi::make(settings, std::move(key), clock));
  asked_.push_back(made);
  all_.add(school, settings.name, std::move(made), settings.clients);
  return {};
}

void Gateways::add_meraki(const SchoolName& school, const GatewaySettings& settings,
                          const std::string& public_url, const Clock& clock) {
  const std::string back = public_url.empty() ? "" : public_url + "/portal/" + school.value;
  all_.add(school, settings.name, std::make_shared<gateway::Meraki>(settings, back, clock),
           settings.clients);
}

void Gateways::stop() {
  for (const auto& each : asked_) each->stop();
}

}  // namespace assent
