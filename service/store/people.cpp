// People for ICT: searching, listing, and their external ids.

#include "service/app/person_search.h"
#include "service/store/reading.h"
#include "service/store/rows.h"

namespace assent::store {
namespace {

Status collect(Statement& query, std::size_t limit, std::vector<PersonRow>& people) {
  while (people.size() < limit) {
    ASSENT_TRY(const bool more, query.row());
    if (!more) return {};
    ASSENT_TRY(people.emplace_back(), read_person(query));
  }
  return {};
}

Status named_exactly(Database& database, SchoolKey school, const SearchTerms& terms,
                     std::size_t limit, std::vector<PersonRow>& people) {
  auto query = database.use("SELECT " ASSENT_PERSON_COLUMNS
                            " FROM person p WHERE p.school = ?1 AND (p.login = ?2 OR p.ref = ?3"
                            " OR p.id IN (SELECT person FROM identity"
                            " WHERE school = ?1 AND external = ?4)) ORDER BY p.id");
  const auto ref = terms.id ? std::optional(terms.id->bytes) : std::nullopt;
  query.bind(school, terms.login, ref, terms.external);
  return collect(query, limit, people);
}

// Names are compared without case in every script, which SQLite cannot do: it brings the rows.
Status named_in_part(Database& database, SchoolKey school, const SearchTerms& terms,
                     std::size_t limit, std::vector<PersonRow>& people) {
  auto query = database.use("SELECT " ASSENT_PERSON_COLUMNS
                            " FROM person p WHERE p.school = ?1 ORDER BY p.id");
  query.bind(school);
  while (people.size() < limit) {
    ASSENT_TRY(const bool more, query.row());
    if (!more) return {};
    if (!matches_name(terms, query.text(4), query.text(5))) continue;
    ASSENT_TRY(people.emplace_back(), read_person(query));
  }
  return {};
}

Result<std::vector<IdentityRow>> read_identities(Statement& query) {
  std::vector<IdentityRow> found;
  for (;;) {
    ASSENT_TRY(const bool more, query.row());
    if (!more) return found;
    found.push_back(
        {query.text(0), query.text(1), query.integer(2), static_cast<SchoolKey>(query.integer(3))});
  }
}

}  // namespace

Result<std::vector<PersonRow>> SqlitePeople::search(const PersonQuery& query) const {
  ASSENT_TRY(const auto terms, read_search(query.text));
  ASSENT_TRY(const auto lease, readers_.borrow_snapshot());
  auto& database = *lease.operator->();
  std::vector<PersonRow> people;
  ASSENT_CHECK(named_exactly(database, query.school, terms, query.limit, people));
  if (people.empty())
    ASSENT_CHECK(named_in_part(database, query.school, terms, query.limit, people));
  return people;
}

Status SqlitePeople::each(
    SchoolKey school,
    const std::function<bool(const PersonRow&, const std::vector<Standing>&)>& each) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_PERSON_COLUMNS ", " ASSENT_STANDING_COLUMNS
                             " FROM person p LEFT JOIN standing s ON s.person = p.id"
                             " WHERE p.school = ?1 ORDER BY p.id, s.policy");
  query.bind(school);
  ASSENT_TRY(bool more, query.row());
  while (more) {
    ASSENT_TRY(const auto person, read_person(query));
    std::vector<Standing> standings;
    while (more && query.integer(0) == person.key) {
      ASSENT_CHECK(read_standing(query, kPersonWidth, standings));
      ASSENT_TRY(more, query.row());
    }
    if (!each(person, standings)) return {};
  }
  return {};
}

Result<PersonRow> SqlitePeople::person(PersonKey key) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_PERSON_COLUMNS " FROM person p WHERE p.id = ?1");
  query.bind(key);
  ASSENT_TRY(const bool found, query.row());
  if (!found) return fail(Code::NotFound, "no such person");
  return read_person(query);
}

Result<std::vector<IdentityRow>> SqlitePeople::identities(SchoolKey school,
                                                          std::optional<PersonKey> person) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  if (person) {
    auto query = database->use(
        "SELECT source, external, person, school FROM identity"
        " WHERE school = ?1 AND person = ?2 ORDER BY source, external");
    query.bind(school, *person);
    return read_identities(query);
  }
  auto query = database->use(
      "SELECT source, external, person, school FROM identity"
      " WHERE school = ?1 ORDER BY source, external");
  query.bind(school);
  return read_identities(query);
}

}  // namespace assent::store
