#include "service/app/registry.h"

#include <algorithm>

namespace assent {
namespace {

constexpr int kFirstRenewalYear = 2020, kLastRenewalYear = 2100;

std::vector<Time> renewal_instants(const Calendar& calendar, const MonthDay& day,
                                   const std::string& zone) {
  std::vector<Time> out;
  for (int year = kFirstRenewalYear; year <= kLastRenewalYear; ++year) {
    const Date date{std::chrono::year{year}, std::chrono::month{day.month},
                    std::chrono::day{day.day}};
    if (const auto at = calendar.start_of_day(date, zone)) out.push_back(*at);
  }
  return out;
}

// A version's renewals count only while it is the one in force: a future version asks nobody
// again before its day, and a new one forgets no renewal of the version before it.
std::vector<Time> renewals_of(const PublishedPolicy& policy, const Calendar& calendar,
                              const std::string& zone) {
  std::vector<Time> out;
  for (const PublishedVersion& version : policy.versions) {
    if (!version.text->renew) continue;
    for (const Time at : renewal_instants(calendar, *version.text->renew, zone))
      if (policy.current(at) == &version) out.push_back(at);
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

Registry::Registry(const Calendar& calendar, std::vector<School> schools)
    : calendar_(calendar), schools_(std::move(schools)) {}

Result<std::unique_ptr<Registry>> Registry::load(Registers& registers, const Calendar& calendar,
                                                 std::vector<School> schools) {
  std::vector<SchoolName> names;
  for (const School& school : schools) names.push_back(school.name);
  ASSENT_CHECK(registers.ensure_schools(names));
  ASSENT_TRY(const SmallTables tables, registers.load());
  for (School& school : schools) {
    const auto found = std::ranges::find(tables.schools, school.name);
    school.key = SchoolKey(found - tables.schools.begin() + 1);
  }
  std::unique_ptr<Registry> registry{new Registry(calendar, std::move(schools))};
  for (const auto& [key, policy] : tables.policies) registry->policy_keys_[policy] = key;
  for (const ProfileRow& row : tables.profiles) registry->add_profile(row);
  Catalogue catalogue;
  for (const VersionRow& row : tables.versions) ASSENT_CHECK(registry->add_version(catalogue, row));
  registry->catalogue_ = std::make_shared<const Catalogue>(std::move(catalogue));
  for (const RetireRow& row : tables.retired) registry->apply({row, 0});
  for (const DeviceRow& row : tables.devices) registry->apply({row, row.key});
  for (const TokenRow& row : tables.tokens) registry->apply({row, 0});
  for (const RoleGrantRow& row : tables.grants) registry->apply({row, 0});
  return registry;
}

std::shared_ptr<const Catalogue> Registry::catalogue() const {
  std::lock_guard lock{mutex_};
  return catalogue_;
}

const School* Registry::school(SchoolKey key) const {
  const auto found = std::ranges::find(schools_, key, &School::key);
  return found == schools_.end() ? nullptr : &*found;
}

const School* Registry::school(const SchoolName& name) const {
  const auto found = std::ranges::find(schools_, name, &School::name);
  return found == schools_.end() ? nullptr : &*found;
}

std::shared_ptr<const Audience> Registry::audience(SchoolKey school, std::uint32_t profile) const {
  static const auto kNobody = std::make_shared<const Audience>();
  std::lock_guard lock{mutex_};
  const auto found = profiles_.find(profile);
  if (found == profiles_.end() || found->second.school != school) return kNobody;
  return found->second.audience;
}

std::optional<std::uint32_t> Registry::profile_key(SchoolKey school, const Profile& profile) const {
  std::lock_guard lock{mutex_};
  const auto found = profile_keys_.find({school, to_text(profile)});
  if (found == profile_keys_.end()) return std::nullopt;
  return found->second;
}

std::optional<Profile> Registry::profile(std::uint32_t key) const {
  std::lock_guard lock{mutex_};
  const auto found = profiles_.find(key);
  if (found == profiles_.end()) return std::nullopt;
  return found->second.profile;
}

std::optional<DeviceRow> Registry::device(std::int64_t key) const {
  std::lock_guard lock{mutex_};
  const auto found = devices_.find(key);
  if (found == devices_.end()) return std::nullopt;
  return found->second;
}

std::optional<DeviceRow> Registry::device(const DeviceId& id) const {
  std::lock_guard lock{mutex_};
  const auto found = device_keys_.find(id);
  if (found == device_keys_.end()) return std::nullopt;
  return devices_.at(found->second);
}

std::vector<DeviceRow> Registry::devices(SchoolKey school) const {
  std::lock_guard lock{mutex_};
  std::vector<DeviceRow> out;
  for (const auto& [key, device] : devices_)
    if (device.school == school) out.push_back(device);
  return out;
}

std::optional<TokenRow> Registry::token(const TokenId& id) const {
  std::lock_guard lock{mutex_};
  const auto found = tokens_.find(id);
  if (found == tokens_.end()) return std::nullopt;
  return found->second;
}

std::vector<TokenRow> Registry::tokens() const {
  std::lock_guard lock{mutex_};
  std::vector<TokenRow> out;
  for (const auto& [id, token] : tokens_) out.push_back(token);
  return out;
}

std::vector<RoleGrant> Registry::grants(SchoolKey school) const {
  std::vector<RoleGrant> out;
  {
    std::lock_guard lock{mutex_};
    for (const auto& [id, row] : grants_)
      if (row.school == school) out.push_back(row.grant);
  }
  std::ranges::stable_sort(out, {}, &RoleGrant::asked);
  return out;
}

std::vector<std::string> Registry::roles_of(const School& school, const PersonRow& person,
                                            Time now) const {
  auto out = assent::roles_of(school, person.login, profile(person.profile).value_or(Profile{}));
  std::lock_guard lock{mutex_};
  for (const auto& [id, row] : grants_) {
    const RoleGrant& grant = row.grant;
    if (row.school != school.key || grant.person != person.key || !is_held(grant, now)) continue;
    // A role that the school's file no longer names is none.
    const bool exists =
        std::ranges::find(school.roles, grant.role, &RoleRule::role) != school.roles.end();
    if (exists && std::ranges::find(out, grant.role) == out.end()) out.push_back(grant.role);
  }
  return out;
}

Result<PublishedVersion> Registry::to_published(const School& school, const VersionRow& row) const {
  ASSENT_TRY(PolicyVersion text, parse_version(row.policy, row.files, row.number));
  PublishedVersion version;
  version.entry = row.entry;
  version.effective = row.effective;
  version.enforced = row.enforced;
  if (row.effective == Time{}) {  // not published yet: its days begin in the school's zone
    ASSENT_TRY(version.effective, calendar_.start_of_day(text.effective, school.zone));
    ASSENT_TRY(version.enforced, calendar_.start_of_day(text.enforced_from, school.zone));
  }
  version.text = std::make_shared<const PolicyVersion>(std::move(text));
  return version;
}

void Registry::add_profile(const ProfileRow& row) {
  const School* owner = school(row.school);
  auto audience = owner ? resolve(*owner, row.profile) : Audience{};
  profiles_[row.key] = {row.school, row.profile,
                        std::make_shared<const Audience>(std::move(audience))};
  profile_keys_[{row.school, to_text(row.profile)}] = row.key;
}

Status Registry::add_version(Catalogue& catalogue, const VersionRow& row) {
  const School* owner = school(row.school);
  if (!owner) return {};  // a school that is no longer configured: its policies rest
  ASSENT_TRY(PublishedVersion version, to_published(*owner, row));
  const auto order = [](const PublishedPolicy& p) { return std::pair{p.school, p.name}; };
  const std::pair wanted{row.school, row.policy};
  auto place = std::ranges::lower_bound(catalogue.policies, wanted, {}, order);
  if (place == catalogue.policies.end() || order(*place) != wanted) {
    PublishedPolicy policy;
    policy.key = policy_keys_.at(wanted);
    policy.school = row.school;
    policy.name = row.policy;
    place = catalogue.policies.insert(place, std::move(policy));
  }
  place->versions.push_back(std::move(version));
  place->renewals = renewals_of(*place, calendar_, owner->zone);
  return {};
}

void Registry::committed(const std::vector<CommittedChange>& changes) {
  std::lock_guard lock{mutex_};
  for (const CommittedChange& change : changes) apply(change);
}

void Registry::apply(const CommittedChange& committed) {
  if (const auto* row = std::get_if<ProfileRow>(&committed.change)) {
    ProfileRow stored = *row;
    stored.key = std::uint32_t(committed.key);
    add_profile(stored);
  } else if (const auto* version = std::get_if<VersionRow>(&committed.change)) {
    policy_keys_.try_emplace({version->school, version->policy}, PolicyKey(committed.key));
    Catalogue next = *catalogue_;
    // It parsed before it was stored.
    if (add_version(next, *version))
      catalogue_ = std::make_shared<const Catalogue>(std::move(next));
  } else if (const auto* retire = std::get_if<RetireRow>(&committed.change)) {
    Catalogue next = *catalogue_;
    for (PublishedPolicy& policy : next.policies)
      if (policy.school == retire->school && policy.name == retire->policy) policy.retired = true;
    catalogue_ = std::make_shared<const Catalogue>(std::move(next));
  } else if (const auto* device = std::get_if<DeviceRow>(&committed.change)) {
    DeviceRow stored = *device;
    stored.key = committed.key;
    device_keys_[stored.id] = stored.key;
    devices_[stored.key] = std::move(stored);
  } else if (const auto* token = std::get_if<TokenRow>(&committed.change)) {
    tokens_[token->id] = *token;
  } else if (const auto* grant = std::get_if<RoleGrantRow>(&committed.change)) {
    grants_[grant->grant.id] = *grant;
  }
}

}  // namespace assent
