// Reading inside a transaction, and appending to the ledger.

#include "service/store/transaction.h"

#include "service/store/journal.h"
#include "service/store/rows.h"

namespace assent::store {
namespace {

std::string peaks_of(const LedgerHead& head) {
  std::string bytes;
  for (const auto& peak : head.peaks) bytes += text_of(peak);
  return bytes;
}

Status check_shape(const Append& append) {
  const auto count = append.records.size();
  if (append.entries.size() != count || append.next.size < count ||
      append.checkpoint.size != append.next.size)
    return fail(Code::Invalid, "the parts of the append do not fit each other");
  const auto first = append.next.size - count;
  for (std::size_t i = 0; i < count; ++i)
    if (append.records[i].index != first + i)
      return fail(Code::Invalid, "the records to append are not numbered in order");
  return {};
}

}  // namespace

Status SqliteTransaction::note(Status status) {
  if (!status && fault_) fault_ = fail(status.error());
  return status;
}

Status SqliteTransaction::run(Statement& statement) {
  return note(
      SqliteJournal::attempt(faults_, FaultPoint::Statement, [&] { return statement.run(); }));
}

Result<std::optional<StoredRecord>> SqliteTransaction::by_nonce(const Nonce& nonce) {
  auto query = database_.use("SELECT " ASSENT_RECORD_COLUMNS " FROM record WHERE nonce = ?1");
  query.bind(nonce);
  auto found = query.row();
  if (!found) {
    ASSENT_CHECK(note(fail(found.error())));
  }
  if (!*found) return std::nullopt;
  ASSENT_TRY(auto record, read_record(query));
  return std::optional(std::move(record));
}

Result<Facts> SqliteTransaction::facts(PersonKey person) {
  auto query = database_.use("SELECT " ASSENT_FACTS_COLUMNS
                             " FROM person p LEFT JOIN standing s ON s.person = p.id"
                             " WHERE p.id = ?1 ORDER BY s.policy");
  query.bind(person);
  auto facts = read_facts(query);
  if (!facts && facts.error().code != Code::NotFound) ASSENT_CHECK(note(fail(facts.error())));
  return facts;
}

Status SqliteTransaction::append(const Append& append) {
  ASSENT_CHECK(note(check_shape(append)));
  return note(append_rows(append));
}

Status SqliteTransaction::append_rows(const Append& append) {
  const auto expected = append.next.size - append.records.size();
  auto head = database_.use("UPDATE head SET size = ?1, peaks = ?2 WHERE one = 1 AND size = ?3");
  const auto peaks = peaks_of(append.next);
  head.bind(append.next.size, bytes_of(peaks), expected);
  ASSENT_CHECK(run(head));
  if (database_.changed() != 1)
    return fail(Code::Conflict, "the ledger's size is not " + std::to_string(expected));
  for (std::size_t i = 0; i < append.records.size(); ++i)
    ASSENT_CHECK(insert(append.records[i], append.entries[i]));
  for (const auto& hash : append.hashes) {
    auto statement = database_.use("INSERT INTO hash (pos, hash) VALUES (?1, ?2)");
    ASSENT_CHECK(run(statement.bind(hash.position, hash.hash)));
  }
  auto checkpoint =
      database_.use("INSERT INTO checkpoint (size, signature, root) VALUES (?1, ?2, ?3)");
  return run(
      checkpoint.bind(append.checkpoint.size, append.checkpoint.signature, append.checkpoint.root));
}

Status SqliteTransaction::insert(const StoredRecord& record, const Entry& entry) {
  auto place = database_.use("INSERT INTO entry (idx, commitment) VALUES (?1, ?2)");
  ASSENT_CHECK(run(place.bind(record.index, entry)));
  auto row = database_.use(
      "INSERT INTO record (idx, salt, nonce, type, person, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  return run(row.bind(record.index, record.salt, record.nonce, record.type, record.person,
                      bytes_of(record.body)));
}

}  // namespace assent::store
