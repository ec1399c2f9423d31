#pragma once
// What can be done inside one commit. A statement that failed, or a change that was refused, stays
// in fault(): the journal then rolls back, even if the work went on regardless.

#include "service/app/ports.h"
#include "service/store/database.h"
#include "service/store/store.h"

namespace assent::store {

class SqliteTransaction final : public Transaction {
 public:
  SqliteTransaction(Database& database, const FaultHook& faults)
      : database_(database), faults_(faults) {}

  Result<std::optional<StoredRecord>> by_nonce(const Nonce& nonce) override;
  Result<Facts> facts(PersonKey person) override;
  Result<std::int64_t> put(const Change& change) override;
  Status append(const Append& append) override;

  Status add_school(const SchoolName& name);  // nothing when it is there
  const Status& fault() const { return fault_; }

 private:
  Result<std::int64_t> store(const PersonRow& row);
  Result<std::int64_t> store(const IdentityRow& row);
  Result<std::int64_t> store(const ProfileRow& row);
  Result<std::int64_t> store(const StandingRow& row);
  Result<std::int64_t> store(const VersionRow& row);
  Result<std::int64_t> store(const RetireRow& row);
  Result<std::int64_t> store(const DeviceRow& row);
  Result<std::int64_t> store(const TokenRow& row);
  Result<std::int64_t> store(const RoleGrantRow& row);
  Result<std::int64_t> store(const ShownRow& row);
  Result<std::int64_t> store(const LevelRow& row);
  Result<std::int64_t> store(const LevelAppliedRow& row);
  Result<std::int64_t> store(const SweepRow& row);
  Result<std::int64_t> store(const GuestRow& row);
  Status store_secrets(const GuestRow& row);
  Result<std::int64_t> store(const GuestSessionRow& row);
  Status store_files(std::int64_t policy, const VersionRow& row);
  Result<std::int64_t> policy_key(SchoolKey school, const PolicyName& name);
  Status append_rows(const Append& append);
  Status insert(const StoredRecord& record, const Entry& entry);

  // Runs a writing statement through the fault hook.
  Status run(Statement& statement);
  // The same for one that names its row by key: NotFound when there is no such row.
  Result<std::int64_t> run_for(std::int64_t key, Statement& statement);
  Status note(Status status);  // keeps the first fault

  Database& database_;
  const FaultHook& faults_;
  Status fault_;
};

}  // namespace assent::store
