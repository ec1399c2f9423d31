#include "service/app/roster_plan.h"

#include <charconv>
#include <set>

namespace assent {
namespace {

// "line 12: what" in its parts; line 0 when there is no line.
RosterFault fault_of(const std::string& message) {
  constexpr std::string_view kLine = "line ";
  RosterFault out{0, message};
  const auto colon = message.find(": ");
  if (!message.starts_with(kLine) || colon == std::string::npos) return out;
  std::from_chars(message.data() + kLine.size(), message.data() + colon, out.line);
  out.what = message.substr(colon + 2);
  return out;
}

class PlanWriter {
 public:
  PlanWriter(const PlanTarget& target, const std::vector<Profile>& profiles)
      : target_(target), profiles_(profiles), keys_(profiles.size(), 0) {}

  Status free_logins(const RosterPlan& plan) {
    for (const PersonKey person : plan.lose_login) ASSENT_CHECK(free_login(person, ""));
    for (const RosterChange& change : plan.changes)
      ASSENT_CHECK(free_login(change.person, change.entry.login));
    return {};
  }

  Status leave(const std::vector<PersonKey>& leavers, const std::vector<PersonKey>& lost) {
    const std::set<PersonKey> without(lost.begin(), lost.end());
    for (const PersonKey person : leavers) {
      ASSENT_TRY(PersonRow row, target_.people.person(person));
      row.state = PersonState::Left;
      if (without.contains(person)) row.login.clear();
      ASSENT_CHECK(put(row));
    }
    return {};
  }

  Status change(RosterChange& change) {
    ASSENT_TRY(PersonRow row, target_.people.person(change.person));
    ASSENT_CHECK(fill(row, change.entry));
    ASSENT_CHECK(put(row));
    return link(change.new_ids, row.key);
  }

  Status join(RosterJoin& join) {
    PersonRow row;
    row.id.bytes = target_.random.bytes<16>();
    row.school = target_.school;
    ASSENT_CHECK(fill(row, join.entry));
    ASSENT_TRY(const auto key, target_.transaction.put(row));
    return link(join.ids, key);
  }

 private:
  Status put(const PersonRow& row) {
    ASSENT_CHECK(target_.transaction.put(row));
    return {};
  }

  Status free_login(PersonKey person, const std::string& next) {
    ASSENT_TRY(PersonRow row, target_.people.person(person));
    if (row.login.empty() || row.login == next) return {};
    row.login.clear();
    return put(row);
  }

  Status fill(PersonRow& row, RosterEntry& entry) {
    row.login = std::move(entry.login);
    row.name = std::move(entry.name);
    row.form = std::move(entry.form);
    row.state = PersonState::Active;
    row.seen = target_.now;
    row.home = target_.source;
    ASSENT_TRY(row.profile, profile_key(entry.profile));
    return {};
  }

  Status link(const std::vector<ExternalId>& ids, PersonKey person) {
    for (const auto& [source, external] : ids)
      ASSENT_CHECK(target_.transaction.put(IdentityRow{source, external, person, target_.school}));
    return {};
  }

  Result<std::uint32_t> profile_key(std::uint32_t index) {
    if (keys_[index] != 0) return keys_[index];
    const Profile& profile = profiles_[index];
    if (const auto known = target_.registry.profile_key(target_.school, profile)) {
      keys_[index] = *known;
      return *known;
    }
    ASSENT_TRY(const auto made, target_.transaction.put(ProfileRow{0, target_.school, profile}));
    keys_[index] = std::uint32_t(made);
    return keys_[index];
  }

  const PlanTarget& target_;
  const std::vector<Profile>& profiles_;
  std::vector<std::uint32_t> keys_;  // by index; 0: not looked up yet
};

}  // namespace

Status read_known(const People& people, const Registry& registry, SchoolKey school,
                  const std::string& source, RosterPlanner& planner) {
  std::map<std::uint32_t, std::uint32_t> index;  // the store's key to the planner's
  const auto know = [&](const PersonRow& row, const std::vector<Standing>&) {
    const auto [at, added] = index.try_emplace(row.profile, 0u);
    if (added) at->second = planner.profile(registry.profile(row.profile).value_or(Profile{}));
    planner.know(
        {row.key, {row.login, row.name, row.form, at->second}, row.state, row.home == source});
    return true;
  };
  ASSENT_CHECK(people.each(school, know));
  ASSENT_TRY(const auto identities, people.identities(school, std::nullopt));
  for (const IdentityRow& row : identities) planner.know_id({row.source, row.external}, row.person);
  return {};
}

RosterPlan read_plan(RosterSource& source, RosterPlanner& planner) {
  const Status read = source.read([&](RosterPerson person) -> Status {
    const auto profile = planner.profile(person.profile);
    planner.add(person.line, person.ids,
                {std::move(person.login), std::move(person.name), std::move(person.form), profile});
    return {};
  });
  if (read) return planner.finish();
  RosterPlan plan;
  plan.faults.push_back(fault_of(read.error().message));
  return plan;
}

Status write_plan(const PlanTarget& target, RosterPlan& plan,
                  const std::vector<Profile>& profiles) {
  PlanWriter writer(target, profiles);
  ASSENT_CHECK(writer.free_logins(plan));
  ASSENT_CHECK(writer.leave(plan.leavers, plan.lose_login));
  for (RosterChange& change : plan.changes) ASSENT_CHECK(writer.change(change));
  for (RosterJoin& join : plan.joins) ASSENT_CHECK(writer.join(join));
  return {};
}

}  // namespace assent
