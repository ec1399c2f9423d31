#pragma once
// RADIUS as values: what an access point asks about a guest, and the only attributes that it can be
// answered with. FreeRADIUS speaks the protocol (packaging/freeradius); docs/radius.md has the
// table.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace assent {

// An access point, a controller or a gateway, as a school registers it.
struct Nas {
  std::string name;               // NAS-Identifier
  std::string address;            // where it takes a Disconnect-Request; empty: it takes none
  std::uint16_t coa_port = 3799;  // RFC 5176
  std::string secret_file;        // what it shares with us for that
  std::optional<unsigned> guest_vlan, quarantine_vlan;
  bool filter_id = false;  // it acts on Filter-Id: a level, or kQuarantine
  std::optional<minutes> idle;
  minutes interim{5};                   // how often it reports a session
  unsigned down_kbit = 0, up_kbit = 0;  // 0: not limited
  friend bool operator==(const Nas&, const Nas&) = default;
};
struct NasLimits {
  static constexpr std::size_t kName = 64;
  static constexpr unsigned kVlanMax = 4094, kKbitMax = 4'000'000;
};
// A guest who owes rules is let in only where one of these keeps them off the network.
bool can_quarantine(const Nas& nas);

enum class RadiusStatus : std::uint8_t { None, Start, Interim, Stop, NasOn, NasOff };

struct RadiusRequest {
  std::string nas;  // NAS-Identifier; empty: it named none
  std::string user, password;
  std::string device;                // parse_station() of Calling-Station-Id; empty: none
  std::vector<std::string> classes;  // Class, as it came back
  RadiusStatus status = RadiusStatus::None;
  std::string nas_session;  // Acct-Session-Id
  std::string address;      // Framed-IP-Address
  std::string cause;        // Acct-Terminate-Cause: "User-Request"
  bool is_checked = false;  // FreeRADIUS found the answer to MSCHAPv2 right
  std::string proof;        // RadiusName::NtProof, as it came back
  friend bool operator==(const RadiusRequest&, const RadiusRequest&) = default;
};
struct RadiusLimits {
  static constexpr std::size_t kText = 253;  // of an attribute
  static constexpr std::size_t kClasses = 4;
};

// "02-00-00-00-00-01" from any of its spellings; empty when it is no hardware address.
std::string parse_station(std::string_view text);

// Whatever is not here cannot be sent.
enum class RadiusName : std::uint8_t {
  SessionTimeout,
  TerminationAction,
  IdleTimeout,
  InterimInterval,
  Class,
  FilterId,
  TunnelType,
  TunnelMediumType,
  TunnelPrivateGroupId,
  BandwidthMaxDown,
  BandwidthMaxUp,
  ReplyMessage,
  Cut,
  NtPassword,  // what MSCHAPv2 is checked against: never leaves FreeRADIUS
  NtProof      // whose that is
};
std::string_view to_text(RadiusName name);  // "reply:Session-Timeout", as FreeRADIUS takes it

struct RadiusAttribute {
  RadiusName name{};
  std::string value;  // numbers in decimal; FreeRADIUS knows each name's type
  friend bool operator==(const RadiusAttribute&, const RadiusAttribute&) = default;
};
using RadiusAttributes = std::vector<RadiusAttribute>;

// Somebody who may be online.
struct Admission {
  Time until{};
  bool owes = false;  // rules to read first
  std::string level;  // empty: the school has none
  std::string session_class;
};
inline constexpr std::string_view kQuarantine = "aup-only";
inline constexpr seconds kShortestSession{60};
inline constexpr seconds kQuarantineSession{300};

// What the access point is told of them. Denied when there is less than kShortestSession left, and
// where somebody owes rules and `nas` cannot keep them apart.
Result<RadiusAttributes> admit(const Admission& who, const Nas& nas, Time now);

// One text for whatever the reason is: nobody learns which accounts there are.
RadiusAttributes radius_denial();

}  // namespace assent
