// Reading the gate's facts, the ledger, and the records about a person.

#include <algorithm>
#include <limits>

#include "service/store/reading.h"
#include "service/store/rows.h"

namespace assent::store {

Result<Facts> SqliteStandings::find(SchoolKey school, const std::string& login) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_FACTS_COLUMNS
                             " FROM person p LEFT JOIN standing s ON s.person = p.id"
                             " WHERE p.school = ?1 AND p.login = ?2 ORDER BY s.policy");
  query.bind(school, login);
  return read_facts(query);
}

Result<LedgerHead> SqliteLedger::head() const {
  ASSENT_TRY(const auto database, readers_.borrow());
  return read_head(*database.operator->());
}

Result<std::vector<Digest>> SqliteLedger::hashes(std::span<const std::uint64_t> positions) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  std::vector<Digest> found(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    auto query = database->use("SELECT hash FROM hash WHERE pos = ?1");
    query.bind(positions[i]);
    ASSENT_TRY(const bool there, query.row());
    if (!there)
      return fail(Code::Corrupt, "the ledger has no hash at " + std::to_string(positions[i]));
    ASSENT_CHECK(query.fixed(0, found[i]));
  }
  return found;
}

Result<StoredRecord> SqliteLedger::record(std::uint64_t index) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_RECORD_COLUMNS " FROM record WHERE idx = ?1");
  query.bind(index);
  ASSENT_TRY(const bool found, query.row());
  if (!found) return fail(Code::NotFound, "no record " + std::to_string(index));
  return read_record(query);
}

Result<SignedHead> SqliteLedger::checkpoint(std::uint64_t size) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use(
      "SELECT size, signature, root FROM checkpoint WHERE size >= ?1 ORDER BY size LIMIT 1");
  constexpr auto kLargest = std::uint64_t(std::numeric_limits<std::int64_t>::max());
  query.bind(std::min(size, kLargest));  // SQLite's integers have a sign
  ASSENT_TRY(const bool found, query.row());
  if (!found) return fail(Code::NotFound, "no checkpoint of " + std::to_string(size));
  SignedHead head;
  head.size = static_cast<std::uint64_t>(query.integer(0));
  ASSENT_CHECK(query.fixed(1, head.signature));
  ASSENT_CHECK(query.fixed(2, head.root));
  return head;
}

Result<std::vector<StoredRecord>> SqliteHistory::of(PersonKey person, std::size_t limit) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_RECORD_COLUMNS
                             " FROM record WHERE person = ?1 ORDER BY idx DESC LIMIT ?2");
  query.bind(person, static_cast<std::int64_t>(limit));
  std::vector<StoredRecord> records;
  for (;;) {
    ASSENT_TRY(const bool more, query.row());
    if (!more) return records;
    ASSENT_TRY(records.emplace_back(), read_record(query));
  }
}

}  // namespace assent::store
