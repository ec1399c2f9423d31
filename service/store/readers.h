#pragma once
// Read connections, one for each thread that reads at the moment. WAL lets them read beside the
// writer and beside each other.

#include <memory>
#include <mutex>
#include <vector>

#include "service/store/database.h"

namespace assent::store {

class Readers {
 public:
  explicit Readers(std::string path) : path_(std::move(path)) {}

  // A borrowed connection, given back when it goes out of scope.
  class Lease {
   public:
    Lease(Readers& readers, std::unique_ptr<Database> database)
        : readers_(&readers), database_(std::move(database)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (database_) readers_->give_back(std::move(database_));
    }
    Database* operator->() const { return database_.get(); }

   private:
    Readers* readers_;
    std::unique_ptr<Database> database_;
  };

  // Any thread. Never waits for another reader: opens a connection when none is idle, so there
  // are as many as threads that read at once; at most kIdleMax stay open.
  Result<Lease> borrow();
  // The same, for several queries that must see one state.
  Result<Lease> borrow_snapshot();

 private:
  static constexpr std::size_t kIdleMax = 8;
  void give_back(std::unique_ptr<Database> database);

  const std::string path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Database>> idle_;
};

}  // namespace assent::store
