#pragma once
// Guests over RADIUS: every object of it, built and wired in order. There is none without [radius].

#include <memory>

#include "service/app/guest_cutter.h"
#include "service/app/guest_network.h"
#include "service/app/guest_stays.h"
#include "service/config/config.h"
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
  };
  // nullptr where nobody asks. Invalid or Denied when an access point's secret is no good.
  static Result<std::unique_ptr<GuestWifi>> make(const Needs& needs);

 private:
  const NasRegister nases_;
  const std::shared_ptr<OnlineGuests> online_;  // the writer's observer has it as well
  radius::Radclient access_points_;
  GuestWifi(const Needs& needs, std::shared_ptr<OnlineGuests> online);

 public:
  const GuestNetwork network;
  GuestStays stays;
  GuestCutter cutter;  // not started yet
};

}  // namespace assent
