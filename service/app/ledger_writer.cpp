#include "service/app/ledger_writer.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/formats/json.h"
#include "service/app/record.h"
#include "service/app/recording_transaction.h"

namespace assent {
namespace {

struct Queued {
  Job job;
  Done done;
  bool alone = false;
};

// Everything that one transaction builds up.
struct Batch {
  Append append;
  Frontier frontier;
  std::vector<CommittedChange> changes;
  std::vector<Result<std::vector<std::uint64_t>>> outcomes;  // the indexes of each job's records
  std::vector<Proof> proofs;                                 // one for each record
  Time now{};
  bool clock_ok = true;
};

constexpr std::uint64_t kErasedMax = 64;  // records looked back through for the newest time

// The time of the newest record that is still there: none may be written with an earlier one, even
// by a process that was started with its clock behind.
Result<Time> newest_time(const LedgerReader& reader, std::uint64_t size) {
  for (std::uint64_t back = 1; back <= std::min(size, kErasedMax); ++back) {
    const auto record = reader.record(size - back);
    if (!record && record.error().code == Code::NotFound) continue;  // erased
    if (!record) return fail(record.error());
    const auto body = parse_json(record->body, {.bytes = record->body.size()});
    const Value* t = body ? body->find("t") : nullptr;
    const auto time = t && t->text() ? parse_rfc3339(*t->text()) : Result<Time>(Time{});
    if (!time || *time == Time{})
      return fail(Code::Corrupt, "record " + std::to_string(size - back) + " has no time");
    return *time;
  }
  return Time{};
}

}  // namespace

class LedgerWriter::Impl {
 public:
  Impl(const LedgerSettings& settings, Journal& journal, const LedgerReader& reader,
       const SigningKey& key, const Clock& clock, Random& random,
       std::function<void(std::string)> on_fatal, Frontier frontier, Time last)
      : settings_(settings),
        journal_(journal),
        reader_(reader),
        key_(key),
        clock_(clock),
        random_(random),
        on_fatal_(std::move(on_fatal)),
        frontier_(std::move(frontier)),
        verifier_{settings.origin, key.public_key()},
        last_(last) {}

  ~Impl() {
    {
      std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

  void start() {
    thread_ = std::thread{[this] { run(); }};
  }

  void observe(Observer observer) { observers_.push_back(std::move(observer)); }

  Status submit(Queued queued) {
    {
      std::lock_guard lock{mutex_};
      if (stopping_) return fail(Code::Unavailable, "the service is stopping");
      if (queue_.size() >= settings_.queue_max)
        return fail(Code::Unavailable, "too many answers are waiting; try again");
      queue_.push_back(std::move(queued));
    }
    wake_.notify_one();
    return {};
  }

 private:
  void run() {
    for (auto jobs = take(); !jobs.empty(); jobs = take()) write(std::move(jobs));
  }

  // What waits now, up to a batch; a job that wants its own transaction comes alone.
  std::vector<Queued> take() {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    std::vector<Queued> jobs;
    while (!queue_.empty() && jobs.size() < settings_.batch_max) {
      if (queue_.front().alone && !jobs.empty()) break;
      jobs.push_back(std::move(queue_.front()));
      queue_.pop_front();
      if (jobs.back().alone) break;
    }
    return jobs;
  }

  void write(std::vector<Queued> jobs) {
    Batch batch;
    batch.frontier = frontier_;
    const Time now = clock_.now();
    batch.clock_ok = now >= last_;
    batch.now = std::max(now, last_);
    Error error{Code::Unavailable, "the record could not be written"};
    const Commit commit = journal_.commit(
        [&](Transaction& transaction) { return fill(batch, jobs, transaction); }, &error);
    if (commit == Commit::Unknown) return on_fatal_(error.message);
    if (commit == Commit::Refused) return refuse(jobs, batch, error);
    last_ = batch.now;
    finish(jobs, batch);
  }

  Status fill(Batch& batch, const std::vector<Queued>& jobs, Transaction& transaction) {
    RecordingTransaction recording{transaction, batch.append.records, batch.changes};
    for (const Queued& queued : jobs) {
      const JobContext context{batch.now, batch.frontier.size()};
      const std::size_t puts_before = recording.puts();
      auto drafts = queued.job(recording, context);
      if (!drafts) {
        batch.outcomes.emplace_back(fail(drafts.error()));
        // What it put must not stay: the whole transaction goes.
        if (recording.puts() > puts_before || queued.alone) return fail(drafts.error());
        continue;
      }
      std::vector<std::uint64_t> indexes;
      for (Draft& draft : *drafts) indexes.push_back(add(batch, std::move(draft)));
      batch.outcomes.emplace_back(std::move(indexes));
    }
    if (batch.append.records.empty()) return {};
    ASSENT_CHECK(prove(batch));
    seal(batch);
    return transaction.append(batch.append);
  }

  std::uint64_t add(Batch& batch, Draft draft) {
    StoredRecord record;
    record.index = batch.frontier.size();
    record.salt = random_.bytes<32>();
    record.nonce = draft.nonce;
    record.type = std::move(draft.type);
    record.person = draft.person;
    record.body = record_body(record.type, record.nonce, batch.now, batch.clock_ok, settings_.trust,
                              std::move(draft.body));
    const Entry entry = commit(record.salt, record.body);
    batch.append.entries.push_back(entry);
    batch.frontier.append(leaf_hash(entry),
                          [&](const StoredHash& hash) { batch.append.hashes.push_back(hash); });
    batch.append.records.push_back(std::move(record));
    return batch.append.records.back().index;
  }

  // Before COMMIT: afterwards nothing may fail, or what is written would be told as a no.
  Status prove(Batch& batch) {
    for (const StoredRecord& record : batch.append.records) {
      ASSENT_TRY(Proof proof, prove_inclusion(record.index, batch.frontier.size(),
                                              [&](std::span<const std::uint64_t> positions) {
                                                return recent_hashes(positions, batch);
                                              }));
      batch.proofs.push_back(std::move(proof));
    }
    return {};
  }

  // Signing comes last before COMMIT.
  void seal(Batch& batch) {
    const Frontier& frontier = batch.frontier;
    batch.append.next = {frontier.size(), {frontier.peaks().begin(), frontier.peaks().end()}};
    const Checkpoint checkpoint{settings_.origin, frontier.size(), frontier.root()};
    batch.append.checkpoint = {checkpoint.size, key_.sign(bytes_of(to_text(checkpoint))),
                               checkpoint.root};
  }

  void refuse(const std::vector<Queued>& jobs, const Batch& batch, const Error& error) {
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      const bool own = i < batch.outcomes.size() && !batch.outcomes[i];
      const Error neighbours{Code::Unavailable, "not written: " + error.message};
      jobs[i].done(fail(own ? batch.outcomes[i].error() : neighbours));
    }
  }

  void finish(const std::vector<Queued>& jobs, Batch& batch) {
    for (const Observer& observer : observers_) observer(batch.changes);
    const std::uint64_t first = std::exchange(frontier_, batch.frontier).size();
    const std::string note = signed_note({settings_.origin, frontier_.size(), frontier_.root()},
                                         verifier_, batch.append.checkpoint.signature);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      if (!batch.outcomes[i]) {
        jobs[i].done(fail(batch.outcomes[i].error()));
        continue;
      }
      jobs[i].done(receipts(*batch.outcomes[i], first, batch, note));
    }
  }

  static Written receipts(const std::vector<std::uint64_t>& indexes, std::uint64_t first,
                          Batch& batch, const std::string& note) {
    Written written{{}, batch.now};
    for (const std::uint64_t index : indexes) {
      StoredRecord& record = batch.append.records[index - first];
      written.receipts.push_back({std::move(record.body), record.salt, index,
                                  std::move(batch.proofs[index - first]), note});
    }
    return written;
  }

  // Hashes of this batch come from memory; the rest is the old right edge or the store.
  Result<std::vector<Digest>> recent_hashes(std::span<const std::uint64_t> positions,
                                            const Batch& batch) {
    std::vector<Digest> out(positions.size());
    std::vector<std::uint64_t> missing;
    std::vector<std::size_t> places;
    const auto& fresh = batch.append.hashes;
    for (std::size_t i = 0; i < positions.size(); ++i) {
      if (!fresh.empty() && positions[i] >= fresh.front().position) {
        out[i] = fresh[positions[i] - fresh.front().position].hash;
      } else {
        missing.push_back(positions[i]);
        places.push_back(i);
      }
    }
    if (missing.empty()) return out;
    ASSENT_TRY(const auto read, edge_hashes(missing));
    for (std::size_t i = 0; i < places.size(); ++i) out[places[i]] = read[i];
    return out;
  }

  // The right edge changes little from batch to batch: what was read once is kept.
  Result<std::vector<Digest>> edge_hashes(const std::vector<std::uint64_t>& positions) {
    std::vector<std::uint64_t> unknown;
    for (const std::uint64_t position : positions)
      if (!edge_.contains(position)) unknown.push_back(position);
    if (!unknown.empty()) {
      if (edge_.size() > kEdgeMax) edge_.clear(), unknown = positions;
      ASSENT_TRY(const auto read, reader_.hashes(unknown));
      for (std::size_t i = 0; i < unknown.size(); ++i) edge_[unknown[i]] = read[i];
    }
    std::vector<Digest> out;
    for (const std::uint64_t position : positions) out.push_back(edge_.at(position));
    return out;
  }

  static constexpr std::size_t kEdgeMax = 4096;

  const LedgerSettings settings_;
  Journal& journal_;
  const LedgerReader& reader_;
  const SigningKey& key_;
  const Clock& clock_;
  Random& random_;
  std::function<void(std::string)> on_fatal_;
  Frontier frontier_;  // the writer's thread only, as all below
  const VerifierKey verifier_;
  Time last_;                             // records never go back in time
  std::map<std::uint64_t, Digest> edge_;  // stored hashes that proofs needed lately
  std::vector<Observer> observers_;       // set before the first submit

  std::mutex mutex_;  // guards the two below
  std::deque<Queued> queue_;
  bool stopping_ = false;
  std::condition_variable wake_;
  std::thread thread_;
};

Result<std::unique_ptr<LedgerWriter>> LedgerWriter::start(
    const LedgerSettings& settings, Journal& journal, const LedgerReader& reader,
    const SigningKey& key, const Clock& clock, Random& random,
    std::function<void(std::string)> on_fatal) {
  ASSENT_TRY(LedgerHead head, reader.head());
  ASSENT_TRY(Frontier frontier, Frontier::restore(head.size, std::move(head.peaks)));
  if (head.size > 0) {
    const auto stored = reader.checkpoint(head.size);
    if (!stored && stored.error().code != Code::NotFound) return fail(stored.error());
    const Checkpoint checkpoint{settings.origin, frontier.size(), frontier.root()};
    if (!stored || stored->size != head.size ||
        !verify(key.public_key(), bytes_of(to_text(checkpoint)), stored->signature))
      return fail(Code::Corrupt,
                  "the ledger's newest checkpoint was not signed by this key over this tree: "
                  "restore the data folder or the log key that belongs to it");
  }
  ASSENT_TRY(const Time last, newest_time(reader, head.size));
  auto impl = std::make_unique<Impl>(settings, journal, reader, key, clock, random,
                                     std::move(on_fatal), std::move(frontier), last);
  impl->start();
  return std::unique_ptr<LedgerWriter>(new LedgerWriter(std::move(impl)));
}

LedgerWriter::LedgerWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LedgerWriter::~LedgerWriter() = default;

void LedgerWriter::observe(Observer observer) {
  impl_->observe(std::move(observer));
}
Status LedgerWriter::submit(Job job, Done done) {
  return impl_->submit({std::move(job), std::move(done), false});
}
Status LedgerWriter::submit_alone(Job job, Done done) {
  return impl_->submit({std::move(job), std::move(done), true});
}

}  // namespace assent
