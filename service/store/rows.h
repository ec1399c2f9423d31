#pragma once
// How the rows of ports.h are read from the columns of a query. One column list for each row, so
// that no two queries disagree. Corrupt when a column cannot be what the row says.

#include "service/app/ports.h"
#include "service/store/database.h"

namespace assent::store {

inline constexpr int kPersonWidth = 10;
#define ASSENT_PERSON_COLUMNS \
  "p.id, p.ref, p.school, p.login, p.name, p.form, p.profile, p.state, p.seen, p.home"
Result<PersonRow> read_person(const Statement& row);

#define ASSENT_STANDING_COLUMNS                                              \
  "s.policy, s.version, s.style, s.act, s.at, s.entry, s.deferred_version, " \
  "s.deferred_count"
// Appends the standing whose columns begin at `first`; nothing when they are NULL (outer join).
Status read_standing(const Statement& row, int first, std::vector<Standing>& standings);

#define ASSENT_FACTS_COLUMNS "p.id, p.school, p.profile, p.state, " ASSENT_STANDING_COLUMNS
// Reads every row of a query that joins one person and their standings. NotFound when empty.
Result<Facts> read_facts(Statement& query);

#define ASSENT_RECORD_COLUMNS "idx, salt, nonce, type, person, body"
Result<StoredRecord> read_record(const Statement& row);

Result<LedgerHead> read_head(Database& database);

}  // namespace assent::store
