#pragma once
// Where a visitor is on the portal, as a sealed field of the page's own form: the service keeps
// nothing, the phone needs no cookie, and a page that was closed is begun again at no loss.

#include "service/app/sealed.h"
#include "service/domain/guest.h"

namespace assent {

// The device that a page lets on, as far as anybody knows it.
struct PortalDevice {
  std::string address;   // where its requests come from; never empty
  std::string hardware;  // as its gateway says; empty: nobody said
  std::string gateway;   // the one that it stands behind; empty: none that we tell
  std::string token;     // what that gateway calls it
  friend bool operator==(const PortalDevice&, const PortalDevice&) = default;
};
// For the visitor: its hardware address where it is known, else its network address.
std::string device_name(const PortalDevice& device);

// What a stay's access point is called where the portal alone knows of it: no gateway was named,
// and nobody reports how it goes on.
inline constexpr std::string_view kPortalNas = "portal";

struct PortalState {
  enum class Step : std::uint8_t { Code, Rules, Online };
  SchoolKey school = 0;
  PortalDevice device;
  Step step = Step::Code;
  Time expires{};
  GuestId guest{};      // from Rules on: who they are, on this device
  bool proved = false;  // they showed that on this very page or one before it: no address says it
  std::string ticket;   // Rules: the gate's, of what is shown
  bool easy = false;    // Rules: in easy read, as they asked
  std::string shown;    // Rules: the hash of that document, hex
  std::vector<std::pair<std::string, Act>> parts;  // Rules: each policy, and what its yes is
  friend bool operator==(const PortalState&, const PortalState&) = default;
};

// How long a page may stay open. Slow readers have as long as the gate's ticket: WCAG 2.2.1.
inline constexpr minutes kCodePageLife{10}, kRulesPageLife{60}, kAskPageLife{60};
inline constexpr hours kOnlinePageLife{24};

std::string seal_state(const SecretKey& key, const PortalState& state);
// Denied unless we sealed it. Does not look at the clock.
Result<PortalState> open_state(const SecretKey& key, std::string_view sealed);

}  // namespace assent
