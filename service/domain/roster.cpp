#include "service/domain/roster.h"

#include <algorithm>
#include <set>

namespace assent {
namespace {

std::string joined(const ExternalId& id) {
  return id.first + '\0' + id.second;
}

std::string told(const ExternalId& id) {
  return id.first + " " + id.second;
}

std::string_view year_of(const Profile& profile) {
  const auto year = std::ranges::find(profile, "year", &Profile::value_type::first);
  return year == profile.end() ? std::string_view{} : std::string_view{year->second};
}

}  // namespace

bool may_apply(const RosterPlan& plan, std::optional<std::size_t> accepted_leavers) {
  if (!plan.faults.empty()) return false;
  return plan.brake.empty() || accepted_leavers == plan.leavers.size();
}

RosterPlanner::RosterPlanner(unsigned stop_if_leavers_over_percent)
    : percent_(stop_if_leavers_over_percent) {}

std::uint32_t RosterPlanner::profile(const Profile& profile) {
  const std::string text = to_text(profile);
  const auto [at, added] = profile_index_.try_emplace(text, std::uint32_t(profiles_.size()));
  if (added) profiles_.push_back(parse_profile(text));
  return at->second;
}

void RosterPlanner::know(KnownPerson person) {
  slot_of_[person.key] = slots_.size();
  slots_.push_back({std::move(person), 0});
}

void RosterPlanner::know_id(const ExternalId& id, PersonKey person) {
  const auto slot = slot_of_.find(person);
  if (slot != slot_of_.end()) ids_[joined(id)] = {std::uint32_t(slot->second + 1), 0};
}

const KnownPerson* RosterPlanner::known(PersonKey person) const {
  const auto slot = slot_of_.find(person);
  return slot == slot_of_.end() ? nullptr : &slots_[slot->second].person;
}

void RosterPlanner::fault(std::size_t line, std::string what) {
  if (plan_.faults.size() < kMaxFaults) return plan_.faults.push_back({line, std::move(what)});
  if (plan_.faults.size() == kMaxFaults)
    plan_.faults.push_back({line, "and more from here on: correct these first"});
}

// False after a fault. `slot` is whom the ids name, or nullptr for somebody new.
bool RosterPlanner::claim_ids(std::size_t line, const std::vector<ExternalId>& ids, Slot*& slot,
                              std::vector<ExternalId>& unknown) {
  if (ids.empty()) return fault(line, "the row has no id: nobody could be found again"), false;
  for (const ExternalId& id : ids) {
    Claim& claim = ids_[joined(id)];
    if (claim.line != 0)
      return fault(line, told(id) + " is in line " + std::to_string(claim.line) +
                             " already: keep one of the two rows"),
             false;
    claim.line = std::uint32_t(line);
    Slot* owner = claim.slot == 0 ? nullptr : &slots_[claim.slot - 1];
    if (!owner) unknown.push_back(id);
    if (owner && slot && owner != slot)
      return fault(line, "its ids name two persons, " + slot->person.entry.name + " and " +
                             owner->person.entry.name + " (" + told(id) +
                             "): link them if they are one, or correct the row"),
             false;
    if (owner) slot = owner;
  }
  if (slot && slot->line != 0)
    return fault(line, "is the same person as line " + std::to_string(slot->line) +
                           ": keep one of the two rows"),
           false;
  return true;
}

bool RosterPlanner::claim_login(std::size_t line, const std::string& login) {
  if (login.empty()) return true;
  const auto [at, added] = logins_.try_emplace(login, std::uint32_t(line));
  if (!added)
    fault(line, "login " + login + " is in line " + std::to_string(at->second) +
                    " already: give one of the two another login");
  return added;
}

void RosterPlanner::add(std::size_t line, const std::vector<ExternalId>& ids, RosterEntry entry) {
  ++plan_.rows;
  Slot* slot = nullptr;
  std::vector<ExternalId> unknown;
  const bool good_ids = claim_ids(line, ids, slot, unknown);
  const bool good_login = claim_login(line, entry.login);
  if (slot && slot->line == 0) slot->line = line;  // named, if wrongly: no leaver
  if (!good_ids || !good_login) return;
  if (!slot) return plan_.joins.push_back({line, std::move(unknown), std::move(entry)});
  change(line, *slot, std::move(entry), std::move(unknown));
}

void RosterPlanner::change(std::size_t line, Slot& slot, RosterEntry entry,
                           std::vector<ExternalId> new_ids) {
  const bool returned = slot.person.state == PersonState::Left;
  if (!returned && slot.person.owned && new_ids.empty() && slot.person.entry == entry) {
    ++plan_.unchanged;
    return;
  }
  plan_.changes.push_back({line, slot.person.key, std::move(entry), std::move(new_ids), returned});
}

void RosterPlanner::find_leavers() {
  for (const Slot& slot : slots_) {
    if (!slot.person.owned || slot.person.state != PersonState::Active) continue;
    ++plan_.owned;
    if (slot.line == 0) plan_.leavers.push_back(slot.person.key);
  }
}

// A login that this reading gives to one person is taken from whoever else has it. An active
// person of another source is not robbed in silence: that would hand over what they may do.
void RosterPlanner::free_logins() {
  for (const Slot& slot : slots_) {
    const KnownPerson& person = slot.person;
    if (slot.line != 0 || person.entry.login.empty()) continue;
    const auto taken = logins_.find(person.entry.login);
    if (taken == logins_.end()) continue;
    if (person.state == PersonState::Active && !person.owned)
      fault(taken->second, "login " + person.entry.login + " belongs to " + person.entry.name +
                               ", who is not from this source: link the two, or change one login");
    else
      plan_.lose_login.push_back(person.key);
  }
}

void RosterPlanner::brake() {
  const std::size_t leavers = plan_.leavers.size();
  if (leavers == 0) return;
  const std::string many = std::to_string(leavers) + " of " + std::to_string(plan_.owned);
  if (leavers * 100 > plan_.owned * percent_) {
    plan_.brake = many + " people would leave, more than " + std::to_string(percent_) + " %";
    return;
  }
  std::set<std::string_view> gone, stay;
  for (const Slot& slot : slots_) {
    if (!slot.person.owned || slot.person.state != PersonState::Active) continue;
    (slot.line == 0 ? gone : stay).insert(year_of(profiles_[slot.person.entry.profile]));
  }
  for (const std::string_view year : gone)
    if (!year.empty() && !stay.contains(year))
      plan_.brake =
          many + " people would leave, and with them the whole of year " + std::string(year);
}

RosterPlan RosterPlanner::finish() {
  find_leavers();
  free_logins();
  brake();
  std::ranges::stable_sort(plan_.faults, {}, &RosterFault::line);
  return std::move(plan_);
}

}  // namespace assent
