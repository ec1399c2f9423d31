// Reading guests, and where they were online.

#include "core/base/text.h"
#include "service/app/person_search.h"
#include "service/store/reading.h"

namespace assent::store {
namespace {

#define ASSENT_GUEST_COLUMNS                                                                    \
  "ref, school, person, kind, name, reason, host, state, ending, needs_approval, account,"      \
  " requested_by, approved_by, issued_by, requested, begins, valid_from, stay, until,"          \
  " first_login, ended, extended, extensions, devices, passphrase, voucher, visits, answer_by," \
  " longer, longer_refused, asked_address, asked_device, ifnull(words, ''), nt"
// Most guests have no row of secrets.
#define ASSENT_GUESTS " FROM guest LEFT JOIN guest_secret ON guest_secret.guest = guest.ref"

Result<std::optional<Digest>> read_digest(const Statement& row, int at) {
  if (row.null(at)) return std::optional<Digest>();
  Digest digest;
  ASSENT_CHECK(row.fixed(at, digest));
  return std::optional(digest);
}

template <class State>
Status read_state(const Statement& row, int at, State last, State& out) {
  const std::int64_t value = row.integer(at);
  if (value < 0 || value > std::int64_t(last))
    return fail(Code::Corrupt, "the store holds a guest in no known state");
  out = State(value);
  return {};
}

void read_times(const Statement& row, Guest& guest) {
  guest.requested_at = row.time(14);
  guest.from = row.optional_time(15);
  guest.valid_from = row.time(16);
  guest.stay = milliseconds{row.integer(17)};
  guest.until = row.optional_time(18);
  guest.first_login = row.optional_time(19);
  guest.ended_at = row.optional_time(20);
  guest.extended = milliseconds{row.integer(21)};
  guest.answer_by = row.optional_time(27);
  guest.longer = milliseconds{row.integer(28)};
}

Result<GuestRow> read_guest(const Statement& row) {
  GuestRow out;
  Guest& guest = out.guest;
  ASSENT_CHECK(row.fixed(0, guest.id.bytes));
  out.school = SchoolKey(row.integer(1));
  out.person = row.integer(2);
  guest.kind = row.text(3);
  guest.name = row.text(4);
  guest.reason = row.text(5);
  guest.host = row.integer(6);
  ASSENT_CHECK(read_state(row, 7, GuestState::Purged, guest.state));
  ASSENT_CHECK(read_state(row, 8, GuestEnding::GivenBack, guest.ending));
  guest.needs_approval = row.integer(9) != 0;
  guest.account = row.text(10);
  guest.requested_by = row.integer(11);
  guest.approved_by = row.integer(12);
  guest.issued_by = row.integer(13);
  read_times(row, guest);
  guest.extensions = unsigned(row.integer(22));
  guest.devices = unsigned(row.integer(23));
  ASSENT_TRY(out.passphrase, read_digest(row, 24));
  ASSENT_TRY(out.voucher, read_digest(row, 25));
  guest.visits = row.text(26);
  guest.longer_refused = row.integer(29) != 0;
  out.asked_address = row.text(30);
  out.asked_device = row.text(31);
  out.words = row.text(32);
  const Bytes nt = row.bytes(33);
  out.nt.assign(nt.begin(), nt.end());
  return out;
}

Result<GuestRow> read_one_guest(Statement& query) {
  ASSENT_TRY(const bool found, query.row());
  if (!found) return fail(Code::NotFound, "no such guest");
  return read_guest(query);
}

#define ASSENT_STAY_COLUMNS \
  "ref, guest, school, device, nas, nas_session, address, started, seen, ended, cause"

Result<GuestSessionRow> read_stay(const Statement& row) {
  GuestSessionRow out;
  ASSENT_CHECK(row.fixed(0, out.id.bytes));
  ASSENT_CHECK(row.fixed(1, out.guest.bytes));
  out.school = SchoolKey(row.integer(2));
  out.device = row.text(3);
  out.nas = row.text(4);
  out.nas_session = row.text(5);
  out.address = row.text(6);
  out.started = row.time(7);
  out.seen = row.time(8);
  out.ended = row.optional_time(9);
  out.cause = row.text(10);
  return out;
}

Result<std::vector<GuestSessionRow>> read_stays(Statement& query) {
  std::vector<GuestSessionRow> found;
  for (;;) {
    ASSENT_TRY(const bool more, query.row());
    if (!more) return found;
    ASSENT_TRY(found.emplace_back(), read_stay(query));
  }
}

}  // namespace

Result<GuestRow> SqliteGuests::one(const GuestId& id) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_GUEST_COLUMNS ASSENT_GUESTS " WHERE ref = ?1");
  query.bind(id.bytes);
  return read_one_guest(query);
}

Result<GuestRow> SqliteGuests::of_account(SchoolKey school, const std::string& account) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_GUEST_COLUMNS ASSENT_GUESTS
                             " WHERE school = ?1 AND account = ?2 AND account <> ''"
                             " ORDER BY state IN (1, 2) DESC, valid_from DESC, id DESC LIMIT 1");
  query.bind(school, account);
  return read_one_guest(query);
}

Result<GuestRow> SqliteGuests::of_voucher(const Digest& voucher) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_GUEST_COLUMNS ASSENT_GUESTS " WHERE voucher = ?1");
  query.bind(voucher);
  return read_one_guest(query);
}

// Names are compared without case in every script, which SQLite cannot do: it brings the rows.
Result<std::vector<GuestRow>> SqliteGuests::search(const GuestQuery& query) const {
  ASSENT_TRY(const auto terms,
             query.text.empty() ? Result<SearchTerms>(SearchTerms{}) : read_search(query.text));
  std::int64_t states = 0;
  for (const GuestState state : query.states) states |= 1 << int(state);
  ASSENT_TRY(const auto database, readers_.borrow());
  // Two texts, so that a host's few guests are found by their own index.
  auto rows = query.host == 0 ? database->use("SELECT " ASSENT_GUEST_COLUMNS ASSENT_GUESTS
                                              " WHERE school = ?1 AND (?2 = 0 OR ?2 & (1 << state))"
                                              " AND ?3 = 0 ORDER BY id DESC")
                              : database->use("SELECT " ASSENT_GUEST_COLUMNS ASSENT_GUESTS
                                              " WHERE school = ?1 AND (?2 = 0 OR ?2 & (1 << state))"
                                              " AND host = ?3 ORDER BY id DESC");
  rows.bind(query.school, states, query.host);
  std::vector<GuestRow> found;
  while (found.size() < query.limit) {
    ASSENT_TRY(const bool more, rows.row());
    if (!more) break;
    if (query.text.empty() || rows.text(10) == query.text ||
        matches_name(terms, rows.text(4), "")) {
      ASSENT_TRY(found.emplace_back(), read_guest(rows));
    }
  }
  return found;
}

Result<GuestSessionRow> SqliteGuestSessions::one(const GuestSessionId& id) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_STAY_COLUMNS " FROM guest_session WHERE ref = ?1");
  query.bind(id.bytes);
  ASSENT_TRY(const bool found, query.row());
  if (!found) return fail(Code::NotFound, "no such session");
  return read_stay(query);
}

Result<std::vector<GuestSessionRow>> SqliteGuestSessions::of(const GuestId& guest,
                                                             std::size_t limit) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_STAY_COLUMNS
                             " FROM guest_session WHERE guest = ?1 ORDER BY id DESC LIMIT ?2");
  query.bind(guest.bytes, limit);
  return read_stays(query);
}

Result<std::vector<GuestSessionRow>> SqliteGuestSessions::open(SchoolKey school) const {
  ASSENT_TRY(const auto database, readers_.borrow());
  auto query = database->use("SELECT " ASSENT_STAY_COLUMNS
                             " FROM guest_session WHERE school = ?1 AND ended IS NULL"
                             " ORDER BY id DESC");
  query.bind(school);
  return read_stays(query);
}

}  // namespace assent::store
