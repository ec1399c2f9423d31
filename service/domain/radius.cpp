#include "service/domain/radius.h"

#include <algorithm>
#include <array>

namespace assent {
namespace {

constexpr std::array<std::string_view, 15> kNames = {"reply:Session-Timeout",
                                                     "reply:Termination-Action",
                                                     "reply:Idle-Timeout",
                                                     "reply:Acct-Interim-Interval",
                                                     "reply:Class",
                                                     "reply:Filter-Id",
                                                     "reply:Tunnel-Type:0",
                                                     "reply:Tunnel-Medium-Type:0",
                                                     "reply:Tunnel-Private-Group-Id:0",
                                                     "reply:WISPr-Bandwidth-Max-Down",
                                                     "reply:WISPr-Bandwidth-Max-Up",
                                                     "reply:Reply-Message",
                                                     "control:Tmp-Integer-0",
                                                     "control:NT-Password",
                                                     "request:Tmp-String-0"};
static_assert(kNames.size() == std::size_t(RadiusName::NtProof) + 1);

std::string in_seconds(milliseconds span) {
  return std::to_string(std::chrono::floor<seconds>(span).count());
}

void add_vlan(RadiusAttributes& out, std::optional<unsigned> vlan) {
  if (!vlan) return;
  out.push_back({RadiusName::TunnelType, "VLAN"});
  out.push_back({RadiusName::TunnelMediumType, "IEEE-802"});
  out.push_back({RadiusName::TunnelPrivateGroupId, std::to_string(*vlan)});
}

void add_bandwidth(RadiusAttributes& out, const Nas& nas) {
  const auto in_bits = [](unsigned kbit) { return std::to_string(kbit) + "000"; };
  if (nas.down_kbit) out.push_back({RadiusName::BandwidthMaxDown, in_bits(nas.down_kbit)});
  if (nas.up_kbit) out.push_back({RadiusName::BandwidthMaxUp, in_bits(nas.up_kbit)});
}

}  // namespace

bool can_quarantine(const Nas& nas) {
  return nas.quarantine_vlan.has_value() || nas.filter_id;
}

std::string parse_station(std::string_view text) {
  constexpr std::size_t kDigits = 12;
  std::string out;
  std::size_t digits = 0;
  for (char c : text) {
    if (c == '-' || c == ':' || c == '.') continue;
    if (c >= 'a' && c <= 'f') c = char(c - 'a' + 'A');
    const bool is_digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    if (!is_digit || digits == kDigits) return "";
    if (digits > 0 && digits % 2 == 0) out += '-';
    out += c;
    ++digits;
  }
  return digits == kDigits ? out : "";
}

std::string_view to_text(RadiusName name) {
  return kNames[std::size_t(name)];
}

Result<RadiusAttributes> admit(const Admission& who, const Nas& nas, Time now) {
  if (who.until - now < kShortestSession) return fail(Code::Denied, "their time is over");
  if (who.owes && !can_quarantine(nas))
    return fail(Code::Denied, "they owe rules, and " + nas.name + " has no quarantine");
  const milliseconds left =
      who.owes ? std::min<milliseconds>(who.until - now, kQuarantineSession) : who.until - now;
  RadiusAttributes out = {{RadiusName::SessionTimeout, in_seconds(left)},
                          {RadiusName::TerminationAction, "Default"},
                          {RadiusName::InterimInterval, in_seconds(nas.interim)},
                          {RadiusName::Class, who.session_class}};
  if (nas.idle) out.push_back({RadiusName::IdleTimeout, in_seconds(*nas.idle)});
  const std::string role = who.owes ? std::string(kQuarantine) : who.level;
  if (nas.filter_id && !role.empty()) out.push_back({RadiusName::FilterId, role});
  add_vlan(out, who.owes ? nas.quarantine_vlan : nas.guest_vlan);
  add_bandwidth(out, nas);
  return out;
}

RadiusAttributes radius_denial() {
  return {{RadiusName::ReplyMessage,
           "That did not work: the name or the passphrase is wrong, or its time is over. Ask at "
           "reception."}};
}

}  // namespace assent
