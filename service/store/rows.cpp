#include "service/store/rows.h"

namespace assent::store {
namespace {

constexpr auto kLastAct = std::int64_t(Act::Notified);
constexpr auto kLastStyle = std::int64_t(Style::Easy);
constexpr auto kLastState = std::int64_t(PersonState::Left);

Result<std::int64_t> within(std::int64_t value, std::int64_t last) {
  if (value < 0 || value > last)
    return fail(Code::Corrupt, "the store holds " + std::to_string(value) + " where at most " +
                                   std::to_string(last) + " can stand");
  return value;
}

}  // namespace

Result<PersonRow> read_person(const Statement& row) {
  PersonRow person;
  person.key = row.integer(0);
  ASSENT_CHECK(row.fixed(1, person.id.bytes));
  person.school = static_cast<SchoolKey>(row.integer(2));
  person.login = row.text(3);  // NULL reads as empty
  person.name = row.text(4);
  person.form = row.text(5);
  person.profile = static_cast<std::uint32_t>(row.integer(6));
  ASSENT_TRY(const auto state, within(row.integer(7), kLastState));
  person.state = static_cast<PersonState>(state);
  person.seen = row.time(8);
  person.home = row.text(9);
  return person;
}

Status read_standing(const Statement& row, int first, std::vector<Standing>& standings) {
  if (row.null(first)) return {};
  Standing standing;
  standing.policy = static_cast<PolicyKey>(row.integer(first));
  standing.version = static_cast<std::uint32_t>(row.integer(first + 1));
  ASSENT_TRY(const auto style, within(row.integer(first + 2), kLastStyle));
  standing.style = static_cast<Style>(style);
  ASSENT_TRY(const auto act, within(row.integer(first + 3), kLastAct));
  standing.act = static_cast<Act>(act);
  standing.at = row.time(first + 4);
  standing.entry = static_cast<std::uint64_t>(row.integer(first + 5));
  standing.deferred_version = static_cast<std::uint32_t>(row.integer(first + 6));
  standing.deferred_count = static_cast<std::uint8_t>(row.integer(first + 7));
  standings.push_back(standing);
  return {};
}

Result<Facts> read_facts(Statement& query) {
  ASSENT_TRY(bool more, query.row());
  if (!more) return fail(Code::NotFound, "no such person");
  Facts facts;
  facts.person = query.integer(0);
  facts.school = static_cast<SchoolKey>(query.integer(1));
  facts.profile = static_cast<std::uint32_t>(query.integer(2));
  ASSENT_TRY(const auto state, within(query.integer(3), kLastState));
  facts.state = static_cast<PersonState>(state);
  while (more) {
    ASSENT_CHECK(read_standing(query, 4, facts.standings));
    ASSENT_TRY(more, query.row());
  }
  return facts;
}

Result<StoredRecord> read_record(const Statement& row) {
  StoredRecord record;
  record.index = static_cast<std::uint64_t>(row.integer(0));
  ASSENT_CHECK(row.fixed(1, record.salt));
  ASSENT_CHECK(row.fixed(2, record.nonce));
  record.type = row.text(3);
  if (!row.null(4)) record.person = row.integer(4);
  record.body = row.text(5);
  return record;
}

Result<LedgerHead> read_head(Database& database) {
  auto query = database.use("SELECT size, peaks FROM head WHERE one = 1");
  ASSENT_TRY(const bool found, query.row());
  if (!found) return fail(Code::Corrupt, "the ledger has no head");
  LedgerHead head{static_cast<std::uint64_t>(query.integer(0)), {}};
  const auto peaks = query.bytes(1);
  head.peaks.resize(peaks.size() / sizeof(Digest));
  for (std::size_t i = 0; i < head.peaks.size(); ++i)
    std::copy_n(peaks.begin() + std::ptrdiff_t(i * sizeof(Digest)), sizeof(Digest),
                head.peaks[i].begin());
  return head;
}

}  // namespace assent::store
