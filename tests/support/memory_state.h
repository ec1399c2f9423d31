#pragma once
// What the memory store remembers, as one value: a transaction changes a copy, and a commit puts
// the copy in its place. The rules are those that the tables of the SQLite store enforce.

#include <algorithm>
#include <map>
#include <set>

#include "service/app/guest_ports.h"
#include "service/app/level_ports.h"

namespace assent::support {

struct MemoryState {
  std::vector<SchoolName> schools;
  std::map<PersonKey, PersonRow> people;
  std::map<std::pair<PersonKey, PolicyKey>, Standing> standings;
  std::map<std::tuple<SchoolKey, std::string, std::string>, PersonKey> identities;
  std::map<std::uint32_t, ProfileRow> profiles;
  std::map<PolicyKey, std::pair<SchoolKey, PolicyName>> policies;
  std::map<PolicyKey, Time> retired;
  std::map<std::pair<PolicyKey, std::uint32_t>, VersionRow> versions;
  std::map<std::int64_t, DeviceRow> devices;
  std::map<TokenId, TokenRow> tokens;
  std::map<RoleGrantId, RoleGrantRow> grants;
  std::map<Digest, std::string> shown;
  std::map<PersonKey, std::pair<SchoolKey, LevelState>> levels;
  std::map<std::int64_t, SweepRow> sweeps;
  std::vector<GuestRow> guests;  // by when they were first put
  std::vector<GuestSessionRow> guest_sessions;
  LedgerHead head;
  std::map<std::uint64_t, Entry> entries;
  std::map<std::uint64_t, StoredRecord> records;
  std::map<Nonce, std::uint64_t> nonces;
  std::map<std::uint64_t, Digest> hashes;
  std::map<std::uint64_t, SignedHead> checkpoints;

  Result<Facts> facts(PersonKey key) const {
    const auto person = people.find(key);
    if (person == people.end()) return fail(Code::NotFound, "no such person");
    const auto& row = person->second;
    return Facts{key, row.school, row.profile, row.state, standings_of(key)};
  }

  std::vector<Standing> standings_of(PersonKey key) const {
    std::vector<Standing> found;
    for (auto at = standings.lower_bound({key, 0}); at != standings.end(); ++at) {
      if (at->first.first != key) break;
      found.push_back(at->second);
    }
    return found;
  }

  Result<std::int64_t> put(const PersonRow& row) {
    if (!has_school(row.school)) return no_school();
    for (const auto& [key, other] : people) {
      const bool same_login =
          !row.login.empty() && other.school == row.school && other.login == row.login;
      if (key != row.key && (same_login || other.id == row.id))
        return fail(Code::Conflict, "the login or the id is taken");
    }
    return put_keyed(people, row);
  }

  Result<std::int64_t> put(const IdentityRow& row) {
    const auto place = std::tuple(row.school, row.source, row.external);
    if (row.person == 0) {
      identities.erase(place);
      return 0;
    }
    if (!has_school(row.school)) return no_school();
    if (!people.contains(row.person)) return no_person();
    identities[place] = row.person;
    return 0;
  }

  Result<std::int64_t> put(const ProfileRow& row) {
    if (!has_school(row.school)) return no_school();
    for (const auto& [key, other] : profiles) {
      if (other.school != row.school || other.profile != row.profile || key == row.key) continue;
      if (row.key == 0) return key;
      return fail(Code::Conflict, "another row has this profile");
    }
    return put_keyed(profiles, row);
  }

  Result<std::int64_t> put(const StandingRow& row) {
    if (!people.contains(row.person)) return no_person();
    standings[{row.person, row.standing.policy}] = row.standing;
    return 0;
  }

  Result<std::int64_t> put(const VersionRow& row) {
    if (!has_school(row.school)) return no_school();
    if (row.number == 0) return fail(Code::Invalid, "versions begin at 1");
    auto key = policy_key(row.school, row.policy);
    if (key == 0) {
      key = static_cast<PolicyKey>(next_key(policies));
      policies[key] = {row.school, row.policy};
    }
    versions[{key, row.number}] = row;
    return key;
  }

  Result<std::int64_t> put(const RetireRow& row) {
    const auto key = policy_key(row.school, row.policy);
    if (key == 0) return fail(Code::NotFound, "no policy " + row.policy.value);
    retired[key] = row.at;
    return 0;
  }

  Result<std::int64_t> put(const DeviceRow& row) {
    if (!has_school(row.school)) return no_school();
    for (const auto& [key, other] : devices)
      if (key != row.key && other.id == row.id) return fail(Code::Conflict, "the id is taken");
    return put_keyed(devices, row);
  }

  Result<std::int64_t> put(const TokenRow& row) {
    if (!people.contains(row.person)) return no_person();
    tokens[row.id] = row;
    return 0;
  }

  Result<std::int64_t> put(const RoleGrantRow& row) {
    const RoleGrant& grant = row.grant;
    if (!has_school(row.school)) return no_school();
    if (!people.contains(grant.person)) return no_person();
    const bool by_two = grant.decided_by != 0 && grant.decided_by != grant.asked_by &&
                        grant.decided_by != grant.person;
    if (grant.state == RoleGrantState::Granted && !by_two)
      return fail(Code::Invalid, "a role is granted by somebody else");
    grants[grant.id] = row;
    return 0;
  }

  Result<std::int64_t> put(const ShownRow& row) {
    shown.emplace(row.hash, row.document);
    return 0;
  }

  Result<std::int64_t> put(const LevelRow& row) {
    if (!people.contains(row.person)) return no_person();
    if (!has_school(row.school)) return no_school();
    const auto known = levels.find(row.person);
    const bool never = known == levels.end();
    if (never ? row.level.empty() : known->second.second.level == row.level) return 0;
    auto& [school, state] = levels[row.person];
    school = row.school;
    state.person = row.person;
    state.level = row.level;
    state.why = row.why;
    state.decided = row.at;
    state.swept = row.swept;
    state.attempts = 0;
    state.error.clear();
    state.not_before = {};
    return std::int64_t(++state.change);
  }

  Result<std::int64_t> put(const LevelAppliedRow& row) {
    const auto known = levels.find(row.person);
    if (known == levels.end()) return 0;
    LevelState& state = known->second.second;
    if (!row.error.empty()) {
      if (row.change != state.change) return 0;
      ++state.attempts;
      state.error = row.error;
      state.not_before = row.not_before;
      return 0;
    }
    if (row.change <= state.applied_change || row.change > state.change) return 0;
    if (state.applied && *state.applied < row.day) state.night_level = state.applied_level;
    state.applied_level = row.level;
    state.applied_change = row.change;
    state.applied = row.at;
    state.attempts = 0;
    state.error.clear();
    state.not_before = {};
    return 0;
  }

  Result<std::int64_t> put(const SweepRow& row) {
    if (!has_school(row.school)) return no_school();
    if (!row.done) return put_keyed(sweeps, row);
    if (sweeps.erase(row.key) == 1) return row.key;
    return fail(Code::NotFound, "no row " + std::to_string(row.key) + " to change");
  }

  Result<std::int64_t> put(const GuestRow& row) {
    if (!has_school(row.school)) return no_school();
    for (const GuestRow& other : guests)
      if (row.voucher && other.voucher == row.voucher && other.guest.id != row.guest.id)
        return fail(Code::Conflict, "another guest has this voucher");
    return replace(guests, row,
                   [&](const GuestRow& other) { return other.guest.id == row.guest.id; });
  }

  Result<std::int64_t> put(const GuestSessionRow& row) {
    if (!has_school(row.school)) return no_school();
    return replace(guest_sessions, row,
                   [&](const GuestSessionRow& other) { return other.id == row.id; });
  }

  Status append(const Append& append) {
    const auto count = append.records.size();
    if (append.entries.size() != count || append.next.size < count ||
        append.checkpoint.size != append.next.size)
      return fail(Code::Invalid, "the parts of the append do not fit each other");
    for (std::size_t i = 0; i < count; ++i)
      if (append.records[i].index != append.next.size - count + i)
        return fail(Code::Invalid, "the records to append are not numbered in order");
    if (head.size != append.next.size - count) return fail(Code::Conflict, "the ledger has grown");
    if (!checkpoints.emplace(append.checkpoint.size, append.checkpoint).second)
      return fail(Code::Conflict, "there is a checkpoint of this size");
    for (std::size_t i = 0; i < count; ++i) ASSENT_CHECK(add(append.records[i], append.entries[i]));
    for (const auto& hash : append.hashes)
      if (!hashes.emplace(hash.position, hash.hash).second)
        return fail(Code::Conflict, "there is a hash at this place");
    head = append.next;
    return {};
  }

  bool has_school(SchoolKey key) const { return key >= 1 && key <= schools.size(); }

 private:
  Status add(const StoredRecord& record, const Entry& entry) {
    if (!nonces.emplace(record.nonce, record.index).second)
      return fail(Code::Conflict, "there is a record with this nonce");
    entries[record.index] = entry;
    records[record.index] = record;
    return {};
  }

  template <class Rows, class Row, class IsSame>
  static Result<std::int64_t> replace(Rows& rows, const Row& row, IsSame is_same) {
    const auto found = std::ranges::find_if(rows, is_same);
    if (found == rows.end())
      rows.push_back(row);
    else
      *found = row;
    return 0;
  }

  PolicyKey policy_key(SchoolKey school, const PolicyName& name) const {
    for (const auto& [key, policy] : policies)
      if (policy == std::pair(school, name)) return key;
    return 0;
  }

  template <class Rows>
  static std::int64_t next_key(const Rows& rows) {
    return rows.empty() ? 1 : std::int64_t(rows.rbegin()->first) + 1;
  }

  template <class Rows, class Row>
  static Result<std::int64_t> put_keyed(Rows& rows, Row row) {
    using Key = typename Rows::key_type;
    if (row.key == 0)
      row.key = static_cast<Key>(next_key(rows));
    else if (!rows.contains(row.key))
      return fail(Code::NotFound, "no row " + std::to_string(row.key) + " to change");
    rows[row.key] = row;
    return std::int64_t(row.key);
  }

  static Failure no_school() { return fail(Code::Invalid, "no such school"); }
  static Failure no_person() { return fail(Code::Invalid, "no such person"); }
};

}  // namespace assent::support
