// How levels and sweeps become rows.

#include "service/store/transaction.h"

namespace assent::store {

Result<std::int64_t> SqliteTransaction::store(const LevelRow& row) {
  // WHERE: the same level again is no change, and nobody is told to have nothing for the first
  // time.
  auto statement = database_.use(
      "INSERT INTO level (person, school, level, why, decided, swept, change)"
      " SELECT ?1, ?2, ?3, ?4, ?5, ?6, 1"
      " WHERE ?3 <> '' OR EXISTS (SELECT 1 FROM level WHERE person = ?1)"
      " ON CONFLICT (person) DO UPDATE SET school = excluded.school, level = excluded.level,"
      " why = excluded.why, decided = excluded.decided, swept = excluded.swept,"
      " change = change + 1, attempts = 0, error = '', not_before = 0"
      " WHERE level.level <> excluded.level");
  statement.bind(row.person, row.school, row.level, row.why, row.at, std::uint8_t{row.swept});
  ASSENT_CHECK(run(statement));
  if (database_.changed() == 0) return 0;
  auto made = database_.use("SELECT change FROM level WHERE person = ?1");
  ASSENT_TRY(const bool found, made.bind(row.person).row());
  if (!found) return fail(Code::Corrupt, "a level that was stored is not there");
  return made.integer(0);
}

Result<std::int64_t> SqliteTransaction::store(const LevelAppliedRow& row) {
  if (!row.error.empty()) {
    auto failed = database_.use(
        "UPDATE level SET attempts = attempts + 1, error = ?3, not_before = ?4"
        " WHERE person = ?1 AND change = ?2");
    ASSENT_CHECK(run(failed.bind(row.person, row.change, row.error, row.not_before)));
    return 0;
  }
  auto done = database_.use(
      "UPDATE level SET night_level = iif(applied < ?5, applied_level, night_level),"
      " applied_level = ?3, applied_change = ?2, applied = ?4, attempts = 0,"
      " error = '', not_before = 0 WHERE person = ?1 AND applied_change < ?2 AND ?2 <= change");
  ASSENT_CHECK(run(done.bind(row.person, row.change, row.level, row.at, row.day)));
  return 0;
}

Result<std::int64_t> SqliteTransaction::store(const SweepRow& row) {
  if (row.done) {
    auto gone = database_.use("DELETE FROM sweep WHERE id = ?1");
    return run_for(row.key, gone.bind(row.key));
  }
  auto statement =
      row.key == 0
          ? database_.use(
                "INSERT INTO sweep (school, due, cause, from_roster, cursor, passed, held, by_two,"
                " confirmed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
          : database_.use(
                "UPDATE sweep SET school = ?1, due = ?2, cause = ?3, from_roster = ?4, cursor = ?5,"
                " passed = ?6, held = ?7, by_two = ?8, confirmed_by = ?9 WHERE id = ?10");
  statement.bind(row.school, row.due, row.cause, std::uint8_t{row.from_roster}, row.cursor,
                 std::uint8_t{row.passed}, row.held, std::uint8_t{row.by_two}, row.confirmed_by);
  if (row.key != 0) statement.bind_at(10, row.key);
  return run_for(row.key, statement);
}

}  // namespace assent::store
