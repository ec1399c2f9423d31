// What is wanted of the level output, and what of it is done.

#include "service/store/reading.h"

namespace assent::store {
namespace {

#define ASSENT_LEVEL_COLUMNS                                                                   \
  "l.person, l.level, l.why, l.decided, l.swept, l.change, l.applied_level, l.applied_change," \
  " l.applied, l.attempts, l.error, l.not_before, l.night_level"
constexpr int kLevelWidth = 13;

LevelState read_level(const Statement& row) {
  LevelState state;
  state.person = row.integer(0);
  state.level = row.text(1);
  state.why = row.text(2);
  state.decided = row.time(3);
  state.swept = row.integer(4) != 0;
  state.change = static_cast<std::uint64_t>(row.integer(5));
  state.applied_level = row.text(6);
  state.applied_change = static_cast<std::uint64_t>(row.integer(7));
  state.applied = row.optional_time(8);
  state.attempts = static_cast<unsigned>(row.integer(9));
  state.error = row.text(10);
  state.not_before = row.time(11);
  state.night_level = row.text(12);
  return state;
}

// Rows of one person follow each other, one for each external id.
Status for_people(Statement& query, const std::function<bool(const OutputLevel&)>& each) {
  ASSENT_TRY(bool more, query.row());
  while (more) {
    OutputLevel person{read_level(query), {}};
    while (more && query.integer(0) == person.state.person) {
      if (!query.null(kLevelWidth)) person.externals.push_back(query.text(kLevelWidth));
      ASSENT_TRY(more, query.row());
    }
    if (!each(person)) return {};
  }
  return {};
}

}  // namespace

Result<std::vector<std::optional<LevelState>>> SqliteLevels::of(
    std::span<const PersonKey> people) const {
  ASSENT_TRY(const auto database, readers_.borrow_snapshot());
  std::vector<std::optional<LevelState>> levels;
  for (const PersonKey person : people) {
    auto query = database->use("SELECT " ASSENT_LEVEL_COLUMNS " FROM level l WHERE l.person = ?1");
    query.bind(person);
    ASSENT_TRY(const bool found, query.row());
    levels.push_back(found ? std::optional(read_level(query)) : std::nullopt);
  }
  return levels;
}

Result<std::vector<OutputLevel>> SqliteLevels::pending(SchoolKey school, const std::string& source,
                                                       Time now, std::size_t limit) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query =
      database->use("SELECT " ASSENT_LEVEL_COLUMNS
                    ", i.external FROM (SELECT * FROM level"
                    " WHERE school = ?1 AND applied_change < change AND not_before <= ?3"
                    " ORDER BY swept, decided, person LIMIT ?4) l"
                    " LEFT JOIN identity i ON i.person = l.person AND i.school = ?1"
                    " AND i.source = ?2 ORDER BY l.swept, l.decided, l.person, i.external");
  query.bind(school, source, now, limit);
  std::vector<OutputLevel> found;
  ASSENT_CHECK(for_people(query, [&](const OutputLevel& person) {
    found.push_back(person);
    return true;
  }));
  return found;
}

Result<WaitingLevels> SqliteLevels::waiting(SchoolKey school, const std::string& source) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use(
      "SELECT count(*) FILTER (WHERE NOT unknown), count(*) FILTER (WHERE unknown),"
      " min(decided) FILTER (WHERE NOT unknown), min(not_before)"
      " FROM (SELECT decided, not_before, ?2 <> '' AND level <> ''"
      " AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.person = l.person"
      " AND i.school = ?1 AND i.source = ?2) AS unknown"
      " FROM level l WHERE school = ?1 AND applied_change < change)");
  query.bind(school, source);
  ASSENT_TRY(const bool found, query.row());
  if (!found) return fail(Code::Corrupt, "the levels cannot be counted");
  return WaitingLevels{static_cast<std::size_t>(query.integer(0)),
                       static_cast<std::size_t>(query.integer(1)), query.optional_time(2),
                       query.optional_time(3)};
}

Status SqliteLevels::each(SchoolKey school, const std::string& source,
                          const std::function<bool(const OutputLevel&)>& each) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_LEVEL_COLUMNS
                             ", i.external FROM level l LEFT JOIN identity i"
                             " ON i.person = l.person AND i.school = ?1 AND i.source = ?2"
                             " WHERE l.school = ?1 ORDER BY l.person, i.external");
  query.bind(school, source);
  return for_people(query, each);
}

Result<std::vector<PersonKey>> SqliteSweeps::people_after(SchoolKey school, PersonKey person,
                                                          std::size_t limit) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query =
      database->use("SELECT id FROM person WHERE school = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
  query.bind(school, person, limit);
  std::vector<PersonKey> found;
  for (;;) {
    ASSENT_TRY(const bool more, query.row());
    if (!more) return found;
    found.push_back(query.integer(0));
  }
}

Result<std::vector<SweepRow>> SqliteSweeps::all() const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use(
      "SELECT id, school, due, cause, from_roster, cursor, passed, held, by_two, confirmed_by"
      " FROM sweep ORDER BY due, id");
  std::vector<SweepRow> found;
  for (;;) {
    ASSENT_TRY(const bool more, query.row());
    if (!more) return found;
    auto& sweep = found.emplace_back();
    sweep.key = query.integer(0);
    sweep.school = static_cast<SchoolKey>(query.integer(1));
    sweep.due = query.time(2);
    sweep.cause = query.text(3);
    sweep.from_roster = query.integer(4) != 0;
    sweep.cursor = query.integer(5);
    sweep.passed = query.integer(6) != 0;
    if (!query.null(7)) sweep.held = static_cast<std::size_t>(query.integer(7));
    sweep.by_two = query.integer(8) != 0;
    sweep.confirmed_by = query.text(9);
  }
}

}  // namespace assent::store
