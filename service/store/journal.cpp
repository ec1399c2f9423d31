// One transaction, from BEGIN to what its COMMIT said.

#include "service/store/journal.h"

#include <sys/statvfs.h>

#include "service/store/transaction.h"

namespace assent::store {
namespace {

// Leaves no transaction open, whatever way the work ended.
class Rollback {
 public:
  explicit Rollback(Database& database) : database_(&database) {}
  ~Rollback() {
    if (database_ && database_->in_transaction()) (void)database_->script("ROLLBACK");
  }
  void dismiss() { database_ = nullptr; }

 private:
  Database* database_;
};

// More than a COMMIT can still write: the writer's cache (database.cpp) and the frames around it.
constexpr std::uint64_t kSpaceKept = 8 * 1024 * 1024;

// A COMMIT that finds no space has an unknown outcome, which ends the process. So space is looked
// at before anything is begun, and readers go on while there is none.
Status check_space(const std::string& path) {
  struct statvfs disk {};
  if (path.empty() || statvfs(path.c_str(), &disk) != 0) return {};
  if (std::uint64_t{disk.f_bavail} * disk.f_frsize >= kSpaceKept) return {};
  return fail(Code::Unavailable, "nothing was written: the disk of the data folder is full");
}

Commit refuse(Error* error, const Error& why) {
  if (error) *error = why;
  return Commit::Refused;
}

}  // namespace

Status SqliteJournal::attempt(const FaultHook& faults, FaultPoint point,
                              const std::function<Status()>& action) {
  const auto fault = faults ? faults(point) : Fault::None;
  if (fault == Fault::Lost) return fail(Code::Unavailable, "the store: a fault for a test");
  auto done = action();
  if (fault == Fault::KeptButReportedLost && done)
    return fail(Code::Unavailable, "the store: a fault for a test, after the act");
  return done;
}

Status SqliteJournal::begin_and_work(const std::function<Status(Transaction&)>& work) {
  ASSENT_CHECK(check_space(database_->path()));
  ASSENT_CHECK(
      attempt(faults_, FaultPoint::Begin, [&] { return database_->use("BEGIN IMMEDIATE").run(); }));
  SqliteTransaction transaction(*database_, faults_);
  ASSENT_CHECK(work(transaction));
  return transaction.fault();
}

Commit SqliteJournal::commit(const std::function<Status(Transaction&)>& work, Error* error) {
  const std::lock_guard lock(mutex_);
  if (unknown_)
    return refuse(error, {Code::Unavailable,
                          "the store: an earlier COMMIT's outcome is unknown; start again"});
  Rollback rollback(*database_);
  if (auto worked = begin_and_work(work); !worked) return refuse(error, worked.error());
  const auto committed =
      attempt(faults_, FaultPoint::Commit, [&] { return database_->use("COMMIT").run(); });
  if (committed) return Commit::Committed;
  // Whatever SQLite says, the frames may be on the disk: nothing more is done on this connection.
  rollback.dismiss();
  unknown_ = true;
  if (error) *error = committed.error();
  return Commit::Unknown;
}

}  // namespace assent::store
