#pragma once
// Guests on the network, over RADIUS and through gateways: every object of it, built and wired in
// order.

#include <memory>

#include "service/app/guest_cutter.h"
#include "service/app/guest_network.h"
#include "service/app/guest_stays.h"
#include "service/config/config.h"
#include "service/program/gateways.h"
#include "service/radius/radclient.h"

namespace assent {

class GuestWifi {
 public:
  struct Needs {
    const Config& config;
    const Registry& registry;
    const GuestSessions& sessions;
    const GuestDoor& door;
    LedgerWriter& writer;  // nothing was submitted to it yet
    TryLimiter& tries;
    const SecretKey& key;
    const Clock& clock;
    Random& random;
    const NtSecrets* nt = nullptr;  // none: MSCHAPv2 is off
  };
  // Invalid or Denied when the secret of an access point or a gateway is no good.
  static Result<std::unique_ptr<GuestWifi>> make(const Needs& needs);

  const OnlineGuests& online() const { return *online_; }

 private:
  const NasRegister nases_;
  const std::shared_ptr<OnlineGuests> online_;  // the writer's observer has it as well
  radius::Radclient access_points_;
  GuestWifi(const Needs& needs, std::shared_ptr<OnlineGuests> online);
  void end_stays(const std::string& gateway, const std::string& device, const std::string& cause);

 public:
  const GuestNetwork network;
  GuestStays stays;
  Gateways gateways;
  GuestCutter cutter;  // not started yet
};

}  // namespace assent
