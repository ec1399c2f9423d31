#include "service/store/readers.h"

namespace assent::store {

Result<Readers::Lease> Readers::borrow() {
  std::unique_ptr<Database> database;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      database = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!database) {
    ASSENT_TRY(database, Database::open(path_, Database::Use::Read));
  }
  return Lease(*this, std::move(database));
}

Result<Readers::Lease> Readers::borrow_snapshot() {
  ASSENT_TRY(auto lease, borrow());
  ASSENT_CHECK(lease->script("BEGIN"));
  return lease;
}

void Readers::give_back(std::unique_ptr<Database> database) {
  // A connection that cannot leave its snapshot is closed with it.
  if (database->in_transaction() && !database->script("ROLLBACK")) return;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kIdleMax) idle_.push_back(std::move(database));
}

}  // namespace assent::store
