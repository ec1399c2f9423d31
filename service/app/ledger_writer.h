#pragma once
// The one writer: takes jobs from any thread, runs what waits as one transaction, signs the
// checkpoint last, and answers only after COMMIT (design decision 3).

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "core/base/value.h"
#include "service/app/ports.h"

namespace assent {

struct Draft {       // a record before it has its place in the log
  std::string type;  // "accept", "publish", …
  Nonce nonce{};
  std::optional<PersonKey> person;
  Object body;  // written as canonical JSON; v, type, id, t, clock and trust are added
};

struct JobContext {
  Time now{};                    // never before an earlier record's time
  std::uint64_t next_index = 0;  // the index that this job's first draft will have
};

// Runs on the writer's thread, inside the transaction. Must check everything before its first
// put(): other people's answers are in the same transaction. Returns the records to append.
using Job = std::function<Result<std::vector<Draft>>(Transaction&, const JobContext&)>;

struct Written {
  std::vector<Receipt> receipts;  // one for each draft
  Time at{};
};
// Called once, on the writer's thread, after COMMIT and after every observer; or with why not.
using Done = std::function<void(Result<Written>)>;

struct CommittedChange {
  Change change;
  std::int64_t key = 0;  // what Transaction::put() gave
};
// Hears of what a commit changed before any `Done` is called: caches, the registry. Of people and
// their ids, and of levels that changed, it hears of one in a commit, which stands for all of them;
// of documents and of levels' outcomes of none.
using Observer = std::function<void(const std::vector<CommittedChange>&)>;

struct LedgerSettings {
  std::string origin;  // the log's name in checkpoints, such as "assent.example.sch.uk/log"
  std::string trust;   // in every record
  std::size_t queue_max = 1024;
  std::size_t batch_max = 256;
};

class LedgerWriter {
 public:
  // Verifies the newest checkpoint against the stored right edge; Corrupt if they disagree.
  // `on_fatal` is called when a COMMIT's outcome is unknown: the process must end there.
  static Result<std::unique_ptr<LedgerWriter>> start(const LedgerSettings& settings,
                                                     Journal& journal, const LedgerReader& reader,
                                                     const SigningKey& key, const Clock& clock,
                                                     Random& random,
                                                     std::function<void(std::string)> on_fatal);
  // Finishes what is queued, then ends the thread.
  ~LedgerWriter();

  void observe(Observer observer);  // before the first submit()
  // Unavailable at once when the queue is full; `done` is not called then.
  Status submit(Job job, Done done);
  // The same in a transaction of its own: for jobs that may fail after a put().
  Status submit_alone(Job job, Done done);

 private:
  class Impl;
  explicit LedgerWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace assent
