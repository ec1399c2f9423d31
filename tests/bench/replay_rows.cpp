// The yardstick of a durable acceptance: one process that commits rows which the service has
// written before, in the same batches, with the same settings of SQLite, and does nothing else.
//   replay_rows rows  BEFORE.db AFTER.db    the same rows into the same tables of BEFORE
//   replay_rows signed BEFORE.db AFTER.db   the same, and before each row a signature is verified
//   replay_rows table BEFORE.db AFTER.db    their bodies into a table of their own beside it
//   replay_rows one   BEFORE.db AFTER.db    the same, each row in a commit of its own
// prints {"records","commits","rate","p50"}: rows a second, and milliseconds of a commit.
#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <vector>

#include "core/crypto/crypto.h"
#include "service/store/database.h"

namespace assent::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

struct Row {
  std::int64_t index = 0, person = 0;
  Blob commitment, salt, nonce, body;
  std::string type;
};
struct HashRow {
  std::int64_t position = 0;
  Blob hash;
};
struct StandingOf {
  std::int64_t columns[9];
};
struct Batch {
  std::int64_t size = 0;
  Blob signature, root, peaks;
  std::vector<Row> rows;
  std::vector<HashRow> hashes;
  std::vector<StandingOf> standings;
};

Blob blob(const Statement& row, int at) {
  const Bytes bytes = row.bytes(at);
  return {bytes.begin(), bytes.end()};
}

// The rows of one commit, which took the tree from `from` to `batch.size` leaves.
Status read_rows(Database& after, std::int64_t from, Batch& batch) {
  auto rows = after.use(
      "SELECT e.idx, e.commitment, r.salt, r.nonce, r.type, coalesce(r.person, 0), r.body"
      " FROM entry e JOIN record r USING (idx) WHERE idx >= ?1 AND idx < ?2 ORDER BY idx");
  rows.bind(from, batch.size);
  for (auto more = rows.row();; more = rows.row()) {
    if (!more) return fail(more.error());
    if (!*more) return {};
    batch.rows.push_back({rows.integer(0), rows.integer(5), blob(rows, 1), blob(rows, 2),
                          blob(rows, 3), blob(rows, 6), rows.text(4)});
  }
}

Status read_standings(Database& after, Batch& batch) {
  for (const Row& row : batch.rows) {
    auto found = after.use(
        "SELECT person, policy, version, style, act, at, entry, deferred_version, deferred_count"
        " FROM standing WHERE person = ?1 AND entry = ?2");
    ASSENT_TRY(const bool any, found.bind(row.person, row.index).row());
    if (!any) continue;
    auto& standing = batch.standings.emplace_back();
    for (int i = 0; i < 9; ++i) standing.columns[i] = found.integer(i);
  }
  return {};
}

// How many hashes a tree of `size` leaves has stored (core/ledger/merkle.h).
std::int64_t stored_hashes(std::int64_t size) {
  return 2 * size - std::popcount(std::uint64_t(size));
}

Status read_hashes(Database& after, std::int64_t from, Batch& batch) {
  for (auto position = stored_hashes(from); position < stored_hashes(batch.size); ++position) {
    auto found = after.use("SELECT hash FROM hash WHERE pos = ?1");
    ASSENT_TRY(const bool any, found.bind(position).row());
    if (!any) return fail(Code::Corrupt, "a hash is missing");
    batch.hashes.push_back({position, blob(found, 0)});
  }
  return {};
}

Result<std::vector<Batch>> read_batches(Database& after, std::int64_t from) {
  std::vector<Batch> batches;
  auto rows = after.use(
      "SELECT size, signature, root, (SELECT peaks FROM head) FROM checkpoint WHERE size > ?1"
      " ORDER BY size");
  rows.bind(from);
  for (auto more = rows.row();; more = rows.row()) {
    if (!more) return fail(more.error());
    if (!*more) break;
    batches.push_back({rows.integer(0), blob(rows, 1), blob(rows, 2), blob(rows, 3), {}, {}, {}});
  }
  for (Batch& batch : batches) {
    ASSENT_CHECK(read_rows(after, from, batch));
    ASSENT_CHECK(read_standings(after, batch));
    ASSENT_CHECK(read_hashes(after, from, batch));
    from = batch.size;
  }
  return batches;
}

Status write_record(Database& to, const Row& row) {
  ASSENT_CHECK(to.use("INSERT INTO entry (idx, commitment) VALUES (?1, ?2)")
                   .bind(row.index, Bytes{row.commitment})
                   .run());
  return to
      .use(
          "INSERT INTO record (idx, salt, nonce, type, person, body)"
          " VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6)")
      .bind(row.index, Bytes{row.salt}, Bytes{row.nonce}, row.type, row.person, Bytes{row.body})
      .run();
}

Status write_standing(Database& to, const StandingOf& standing) {
  auto statement =
      to.use("INSERT OR REPLACE INTO standing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  for (int i = 0; i < 9; ++i) statement.bind_at(i + 1, standing.columns[i]);
  return statement.run();
}

Status write_all(Database& to, const Batch& batch) {
  for (const StandingOf& standing : batch.standings) ASSENT_CHECK(write_standing(to, standing));
  ASSENT_CHECK(to.use("UPDATE head SET size = ?1, peaks = ?2 WHERE one = 1")
                   .bind(batch.size, Bytes{batch.peaks})
                   .run());
  for (const Row& row : batch.rows) ASSENT_CHECK(write_record(to, row));
  for (const HashRow& hash : batch.hashes)
    ASSENT_CHECK(to.use("INSERT INTO hash (pos, hash) VALUES (?1, ?2)")
                     .bind(hash.position, Bytes{hash.hash})
                     .run());
  return to.use("INSERT INTO checkpoint (size, signature, root) VALUES (?1, ?2, ?3)")
      .bind(batch.size, Bytes{batch.signature}, Bytes{batch.root})
      .run();
}

Status write_bodies(Database& to, const Batch& batch) {
  for (const Row& row : batch.rows)
    ASSENT_CHECK(to.use("INSERT INTO bare (id, body) VALUES (?1, ?2)")
                     .bind(row.index, Bytes{row.body})
                     .run());
  return {};
}

// Every row a batch of its own.
std::vector<Batch> parted(const std::vector<Batch>& batches) {
  std::vector<Batch> out;
  for (const Batch& batch : batches)
    for (const Row& row : batch.rows) out.emplace_back().rows = {row};
  return out;
}

// What a device's signature costs: one over as many bytes as its statement has.
class Verifying {
 public:
  static constexpr std::size_t kStatement = 300;  // bytes

  Status each(const Batch& batch) const {
    for (std::size_t i = 0; i < batch.rows.size(); ++i)
      if (!verify(key_.public_key(), statement_, signature_))
        return fail(Code::Corrupt, "a signature of our own does not fit");
    return {};
  }

 private:
  SigningKey key_{SecretKey{{}}};
  Blob statement_ = Blob(kStatement);
  Signature signature_ = key_.sign(statement_);
};

Status replay(Database& to, const std::vector<Batch>& batches, const std::string& mode) {
  const bool all = mode == "rows" || mode == "signed";
  const Verifying signatures;
  std::vector<double> ms;
  std::size_t records = 0;
  const auto start = SteadyClock::now();
  for (const Batch& batch : batches) {
    const auto began = SteadyClock::now();
    if (mode == "signed") ASSENT_CHECK(signatures.each(batch));
    ASSENT_CHECK(to.use("BEGIN IMMEDIATE").run());
    ASSENT_CHECK(all ? write_all(to, batch) : write_bodies(to, batch));
    ASSENT_CHECK(to.use("COMMIT").run());
    ms.push_back(std::chrono::duration<double, std::milli>(SteadyClock::now() - began).count());
    records += batch.rows.size();
  }
  const double seconds = std::chrono::duration<double>(SteadyClock::now() - start).count();
  if (ms.empty()) return fail(Code::NotFound, "there is nothing to replay");
  std::ranges::sort(ms);
  std::printf("{\"records\":%zu,\"commits\":%zu,\"rate\":%.1f,\"p50\":%.4f}\n", records, ms.size(),
              double(records) / seconds, ms[ms.size() / 2]);
  return {};
}

Status run(const std::string& mode, const std::string& before, const std::string& after) {
  ASSENT_TRY(const auto to, Database::open(before, Database::Use::Write));
  ASSENT_CHECK(to->prepare_to_write());
  ASSENT_TRY(const auto from, to->number("SELECT size FROM head"));
  ASSENT_TRY(const auto written, Database::open(after, Database::Use::Read));
  ASSENT_TRY(std::vector<Batch> batches, read_batches(*written, from));
  if (mode == "table" || mode == "one")
    ASSENT_CHECK(to->script("CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB) STRICT"));
  if (mode == "one") batches = parted(batches);
  return replay(*to, batches, mode);
}

}  // namespace
}  // namespace assent::store

int main(int argc, char** argv) {
  if (argc != 4)
    return std::cerr << "usage: replay_rows rows|signed|table|one BEFORE.db AFTER.db\n", 2;
  if (!assent::start_crypto()) return 1;
  const assent::Status done = assent::store::run(argv[1], argv[2], argv[3]);
  if (!done) std::cerr << "replay_rows: " << done.error().message << "\n";
  return done ? 0 : 1;
}
