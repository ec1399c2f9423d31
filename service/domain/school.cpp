// Who owes what, by a school's ordered rules. Matching ignores the case of ASCII letters, because
// directories and MIS exports do not keep it; everything else is compared byte for byte.
#include "service/domain/school.h"

#include <algorithm>

#include "core/base/letters.h"
#include "service/domain/guest_level.h"

namespace assent {
namespace {

constexpr std::string_view kGuestFact = "guest";

bool says(const Profile& profile, std::string_view key, std::string_view value) {
  return std::ranges::any_of(profile, [&](const auto& fact) {
    return fact.first == key && same_letters(fact.second, value);
  });
}

bool matches(const std::vector<std::string>& any_of, const Profile& profile) {
  return std::ranges::any_of(any_of, [&](std::string_view who) {
    if (who == "*") return true;
    const auto colon = who.find(':');
    if (colon == std::string_view::npos) return false;
    return says(profile, who.substr(0, colon), who.substr(colon + 1));
  });
}

bool matches(const AudienceRule& rule, const Profile& profile) {
  return matches(rule.who, profile);
}

Audience resolve_guest(const School& school, const std::string& name) {
  const GuestKind* kind = school.guest_kind(name);
  if (!kind) return {};
  auto audience = audience_of(*kind, school);
  return audience ? *std::move(audience) : Audience{};
}

void add(std::vector<PolicyName>& to, const std::vector<PolicyName>& policies) {
  for (const PolicyName& policy : policies)
    if (std::ranges::find(to, policy) == to.end()) to.push_back(policy);
}

void set_stage(Audience& audience, const School& school, const Profile& profile) {
  const auto stage = std::ranges::find(profile, "stage", &Profile::value_type::first);
  if (stage == profile.end()) return;
  audience.stage = stage->second;
  for (const auto& [name, style] : school.style_of_stage)
    if (same_letters(name, stage->second)) audience.style = style;
}

}  // namespace

Result<Enforcement> parse_enforcement(std::string_view text) {
  for (const auto value : {Enforcement::Observe, Enforcement::Ask, Enforcement::Enforce})
    if (text == to_text(value)) return value;
  return fail(Code::Invalid, "must be \"observe\", \"ask\" or \"enforce\"");
}

std::string_view to_text(Enforcement enforcement) {
  switch (enforcement) {
    case Enforcement::Ask: return "ask";
    case Enforcement::Enforce: return "enforce";
    case Enforcement::Observe: break;
  }
  return "observe";
}

const PolicySettings& School::settings(const PolicyName& policy) const {
  static const PolicySettings kDefault;  // observes: a fresh installation asks nobody
  const auto found = policies.find(policy);
  return found == policies.end() ? kDefault : found->second;
}

const GuestKind* School::guest_kind(std::string_view called) const {
  const auto found = std::ranges::find(guests, called, &GuestKind::name);
  return found == guests.end() ? nullptr : &*found;
}

Profile guest_profile(const std::string& kind) {
  return {{std::string(kGuestFact), kind}, {"role", "guest"}};
}

std::vector<std::string> roles_of(const School& school, const std::string& login,
                                  const Profile& profile) {
  Profile all = profile;
  all.emplace_back("login", login);
  std::vector<std::string> out;
  for (const RoleRule& rule : school.roles)
    if (matches(rule.who, all)) out.push_back(rule.role);
  return out;
}

std::string to_text(const Profile& profile) {
  std::vector<std::string> lines;
  for (const auto& [key, value] : profile) lines.push_back(key + "=" + value);
  std::ranges::sort(lines);
  const auto doubles = std::ranges::unique(lines);
  lines.erase(doubles.begin(), doubles.end());
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

Profile parse_profile(std::string_view text) {
  Profile out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    out.emplace_back(line.substr(0, equals), line.substr(equals + 1));
  }
  return out;
}

// An empty name means that no rule matched.
std::string audience_name(const AudienceRule& rule) {
  if (!rule.name.empty()) return rule.name;
  if (rule.exempt) return "exempt";
  if (rule.shared) return "shared";
  return rule.owes.empty() ? "everybody" : rule.owes.front().value;
}

Audience resolve(const School& school, const Profile& profile) {
  const auto guest = std::ranges::find(profile, kGuestFact, &Profile::value_type::first);
  if (guest != profile.end()) return resolve_guest(school, guest->second);
  Audience out;
  const auto rule = std::ranges::find_if(
      school.audience, [&](const AudienceRule& each) { return matches(each, profile); });
  if (rule == school.audience.end()) return out;
  out.name = audience_name(*rule);
  // A shared account never accepts, whatever the rules say or forget (A33).
  out.shared = rule->shared || says(profile, "kind", "shared");
  out.exempt = rule->exempt;
  set_stage(out, school, profile);
  add(out.owes, rule->owes);
  out.main_count = out.owes.size();
  if (out.exempt || out.shared) return out;
  for (const AudienceRule& extra : school.add_on)
    if (matches(extra, profile)) add(out.owes, extra.owes);
  return out;
}

}  // namespace assent
