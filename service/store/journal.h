#pragma once
// The one writer: transactions, and the registers' rows that are made at start. Its connection is
// used by one thread at a time.

#include <mutex>

#include "service/app/ports.h"
#include "service/store/database.h"
#include "service/store/readers.h"
#include "service/store/store.h"

namespace assent::store {

class SqliteJournal final : public Journal {
 public:
  SqliteJournal(std::unique_ptr<Database> database, FaultHook faults)
      : database_(std::move(database)), faults_(std::move(faults)) {}
  // After Unknown, every further call is refused: nobody knows what the state is.
  Commit commit(const std::function<Status(Transaction&)>& work, Error* error) override;

  // One statement, or what else `faults` may fail, at `point`.
  static Status attempt(const FaultHook& faults, FaultPoint point,
                        const std::function<Status()>& action);

 private:
  Status begin_and_work(const std::function<Status(Transaction&)>& work);

  std::mutex mutex_;  // ensure_schools() may come from another thread than the writer's
  std::unique_ptr<Database> database_;
  const FaultHook faults_;
  bool unknown_ = false;
};

class SqliteRegisters final : public Registers {
 public:
  SqliteRegisters(Journal& journal, Readers& readers) : journal_(journal), readers_(readers) {}
  Status ensure_schools(std::span<const SchoolName> names) override;
  Result<SmallTables> load() const override;

 private:
  Journal& journal_;
  Readers& readers_;
};

}  // namespace assent::store
