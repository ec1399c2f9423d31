#pragma once
// The store without a disk: every port of service/store/store.h, with the same rules and the same
// fault hooks. It passes the same contract tests as the SQLite store. Any thread may read.
//
//   MemoryStore store;                                 // empty
//   MemoryStore again(store.disk());                   // "restarted": sees what was committed

#include "service/app/person_search.h"
#include "service/store/store.h"
#include "tests/support/memory_guests.h"
#include "tests/support/memory_levels.h"

namespace assent::support {

// Does `action` as the hook says: not at all, or with its success reported as a failure.
template <class Action>
auto with_fault(const store::FaultHook& faults, store::FaultPoint point, Action action)
    -> decltype(action()) {
  const auto fault = faults ? faults(point) : store::Fault::None;
  if (fault == store::Fault::Lost) return fail(Code::Unavailable, "a fault for a test");
  auto done = action();
  if (fault == store::Fault::KeptButReportedLost && done)
    return fail(Code::Unavailable, "a fault for a test, after the act");
  return done;
}

class MemoryTransaction final : public Transaction {
 public:
  MemoryTransaction(MemoryState& state, const store::FaultHook& faults)
      : state_(state), faults_(faults) {}

  Result<std::optional<StoredRecord>> by_nonce(const Nonce& nonce) override {
    const auto found = state_.nonces.find(nonce);
    if (found == state_.nonces.end() || !state_.records.contains(found->second))
      return std::nullopt;
    return std::optional(state_.records.at(found->second));
  }
  Result<Facts> facts(PersonKey person) override { return state_.facts(person); }
  Result<std::int64_t> put(const Change& change) override {
    auto key = with_fault(faults_, store::FaultPoint::Statement, [&] {
      return std::visit([this](const auto& row) { return state_.put(row); }, change);
    });
    if (!key && fault_) fault_ = fail(key.error());
    return key;
  }
  Status append(const Append& append) override {
    auto done =
        with_fault(faults_, store::FaultPoint::Statement, [&] { return state_.append(append); });
    if (!done && fault_) fault_ = fail(done.error());
    return done;
  }
  const Status& fault() const { return fault_; }

 private:
  MemoryState& state_;
  const store::FaultHook& faults_;
  Status fault_;
};

class MemoryJournal final : public Journal {
 public:
  MemoryJournal(std::shared_ptr<MemoryDisk> disk, store::FaultHook faults)
      : disk_(std::move(disk)), faults_(std::move(faults)) {}

  Commit commit(const std::function<Status(Transaction&)>& work, Error* error) override {
    if (unknown_)
      return refuse(error, {Code::Unavailable, "an earlier COMMIT's outcome is unknown"});
    const auto begun = with_fault(faults_, store::FaultPoint::Begin, [] { return Status(); });
    if (!begun) return refuse(error, begun.error());
    auto next = std::make_shared<MemoryState>(*disk_->read());
    MemoryTransaction transaction(*next, faults_);
    if (const auto worked = work(transaction); !worked) return refuse(error, worked.error());
    if (!transaction.fault()) return refuse(error, transaction.fault().error());
    const auto committed = with_fault(faults_, store::FaultPoint::Commit, [&] {
      disk_->write(std::move(next));
      return Status();
    });
    if (committed) return Commit::Committed;
    unknown_ = true;
    if (error) *error = committed.error();
    return Commit::Unknown;
  }

 private:
  static Commit refuse(Error* error, const Error& why) {
    if (error) *error = why;
    return Commit::Refused;
  }

  std::shared_ptr<MemoryDisk> disk_;
  const store::FaultHook faults_;
  bool unknown_ = false;
};

class MemoryReader final : public Standings,
                           public LedgerReader,
                           public People,
                           public Registers,
                           public History {
 public:
  explicit MemoryReader(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}

  Result<Facts> find(SchoolKey school, const std::string& login) const override {
    const auto state = disk_->read();
    for (const auto& [key, row] : state->people)
      if (!login.empty() && row.school == school && row.login == login) return state->facts(key);
    return fail(Code::NotFound, "no such person");
  }

  Result<LedgerHead> head() const override { return disk_->read()->head; }
  Result<std::vector<Digest>> hashes(std::span<const std::uint64_t> positions) const override {
    const auto state = disk_->read();
    std::vector<Digest> found;
    for (const auto position : positions) {
      if (!state->hashes.contains(position)) return fail(Code::Corrupt, "no such hash");
      found.push_back(state->hashes.at(position));
    }
    return found;
  }
  Result<StoredRecord> record(std::uint64_t index) const override {
    const auto state = disk_->read();
    if (!state->records.contains(index)) return fail(Code::NotFound, "no such record");
    return state->records.at(index);
  }
  Result<SignedHead> checkpoint(std::uint64_t size) const override {
    const auto state = disk_->read();
    const auto found = state->checkpoints.lower_bound(size);
    if (found == state->checkpoints.end()) return fail(Code::NotFound, "no such checkpoint");
    return found->second;
  }

  Result<std::vector<PersonRow>> search(const PersonQuery& query) const override {
    ASSENT_TRY(const auto terms, read_search(query.text));
    const auto state = disk_->read();
    auto people = matching(*state, query, [&](const PersonRow& row) {
      return (terms.login && row.login == *terms.login) || (terms.id && row.id == *terms.id) ||
             has_external(*state, row, terms.external);
    });
    if (!people.empty()) return people;
    return matching(*state, query,
                    [&](const PersonRow& row) { return matches_name(terms, row.name, row.form); });
  }
  Status each(SchoolKey school,
              const std::function<bool(const PersonRow&, const std::vector<Standing>&)>& each)
      const override {
    const auto state = disk_->read();
    for (const auto& [key, row] : state->people)
      if (row.school == school && !each(row, state->standings_of(key))) break;
    return {};
  }
  Result<PersonRow> person(PersonKey key) const override {
    const auto state = disk_->read();
    if (!state->people.contains(key)) return fail(Code::NotFound, "no such person");
    return state->people.at(key);
  }
  Result<std::vector<IdentityRow>> identities(SchoolKey school,
                                              std::optional<PersonKey> person) const override {
    std::vector<IdentityRow> found;
    const auto state = disk_->read();
    for (const auto& [place, owner] : state->identities) {
      const auto& [in, source, external] = place;
      if (in == school && (!person || *person == owner))
        found.push_back({source, external, owner, in});
    }
    return found;
  }

  Status ensure_schools(std::span<const SchoolName> names) override {
    auto next = std::make_shared<MemoryState>(*disk_->read());
    for (const auto& name : names)
      if (std::find(next->schools.begin(), next->schools.end(), name) == next->schools.end())
        next->schools.push_back(name);
    disk_->write(std::move(next));
    return {};
  }
  Result<SmallTables> load() const override {
    const auto state = disk_->read();
    SmallTables tables;
    tables.schools = state->schools;
    for (const auto& [key, row] : state->profiles) tables.profiles.push_back(row);
    for (const auto& [place, row] : state->versions) tables.versions.push_back(row);
    std::sort(tables.versions.begin(), tables.versions.end(), [](const auto& a, const auto& b) {
      return std::tie(a.school, a.policy, a.number) < std::tie(b.school, b.policy, b.number);
    });
    for (const auto& [key, policy] : state->policies) tables.policies.emplace_back(key, policy);
    for (const auto& [key, at] : state->retired)
      tables.retired.push_back({state->policies.at(key).first, state->policies.at(key).second, at});
    for (const auto& [key, row] : state->devices) tables.devices.push_back(row);
    for (const auto& [id, row] : state->tokens) tables.tokens.push_back(row);
    for (const auto& [id, row] : state->grants) tables.grants.push_back(row);
    return tables;
  }

  Result<std::vector<StoredRecord>> of(PersonKey person, std::size_t limit) const override {
    const auto state = disk_->read();
    std::vector<StoredRecord> found;
    for (auto at = state->records.rbegin(); at != state->records.rend(); ++at)
      if (at->second.person == person && found.size() < limit) found.push_back(at->second);
    return found;
  }

 private:
  template <class Matches>
  static std::vector<PersonRow> matching(const MemoryState& state, const PersonQuery& query,
                                         Matches matches) {
    std::vector<PersonRow> found;
    for (const auto& [key, row] : state.people)
      if (row.school == query.school && found.size() < query.limit && matches(row))
        found.push_back(row);
    return found;
  }
  static bool has_external(const MemoryState& state, const PersonRow& row,
                           const std::string& external) {
    return std::any_of(state.identities.begin(), state.identities.end(), [&](const auto& one) {
      return one.second == row.key && std::get<0>(one.first) == row.school &&
             std::get<2>(one.first) == external;
    });
  }

  std::shared_ptr<MemoryDisk> disk_;
};

struct MemoryParts {
  explicit MemoryParts(std::shared_ptr<MemoryDisk> disk, store::FaultHook faults)
      : kept_disk(disk),
        reader(disk),
        kept_levels(disk),
        kept_sweeps(disk),
        kept_guests(disk),
        kept_stays(disk),
        memory_journal(disk, std::move(faults)) {}
  std::shared_ptr<MemoryDisk> kept_disk;
  MemoryReader reader;
  MemoryLevels kept_levels;
  MemorySweeps kept_sweeps;
  MemoryGuests kept_guests;
  MemoryGuestSessions kept_stays;
  MemoryJournal memory_journal;
};

class MemoryStore final : private MemoryParts, public store::Store {
 public:
  explicit MemoryStore(std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>(),
                       store::FaultHook faults = {})
      : MemoryParts(std::move(disk), std::move(faults)),
        Store(reader, reader, memory_journal, reader, reader, reader, kept_levels, kept_sweeps,
              kept_guests, kept_stays) {}
  std::shared_ptr<MemoryDisk> disk() const { return kept_disk; }
};

}  // namespace assent::support
