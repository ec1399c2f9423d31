// How guests and their stays become rows.

#include "service/store/transaction.h"

namespace assent::store {

Result<std::int64_t> SqliteTransaction::store(const GuestRow& row) {
  auto statement = database_.use(
      "INSERT INTO guest (ref, school, person, kind, name, reason, host, state, ending,"
      " needs_approval, account, requested_by, approved_by, issued_by, requested, begins,"
      " valid_from, stay, until, first_login, ended, extended, extensions, devices, passphrase,"
      " voucher, visits, answer_by, longer, longer_refused, asked_address, asked_device)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
      " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)"
      " ON CONFLICT (ref) DO UPDATE SET school = ?2, person = ?3, kind = ?4, name = ?5,"
      " reason = ?6, host = ?7, state = ?8, ending = ?9, needs_approval = ?10, account = ?11,"
      " requested_by = ?12, approved_by = ?13, issued_by = ?14, requested = ?15, begins = ?16,"
      " valid_from = ?17, stay = ?18, until = ?19, first_login = ?20, ended = ?21,"
      " extended = ?22, extensions = ?23, devices = ?24, passphrase = ?25, voucher = ?26,"
      " visits = ?27, answer_by = ?28, longer = ?29, longer_refused = ?30, asked_address = ?31,"
      " asked_device = ?32");
  const Guest& g = row.guest;
  statement.bind(g.id.bytes, row.school, row.person, g.kind, g.name, g.reason, g.host,
                 std::uint8_t(g.state), std::uint8_t(g.ending), std::uint8_t{g.needs_approval},
                 g.account, g.requested_by, g.approved_by, g.issued_by, g.requested_at, g.from,
                 g.valid_from, std::int64_t{g.stay.count()}, g.until, g.first_login, g.ended_at,
                 std::int64_t{g.extended.count()}, std::uint32_t{g.extensions},
                 std::uint32_t{g.devices}, row.passphrase, row.voucher, g.visits, g.answer_by,
                 std::int64_t{g.longer.count()}, std::uint8_t{g.longer_refused}, row.asked_address,
                 row.asked_device);
  ASSENT_CHECK(run(statement));
  ASSENT_CHECK(store_secrets(row));
  return 0;
}

// Erased where there are none any more: the file overwrites it (secure_delete).
Status SqliteTransaction::store_secrets(const GuestRow& row) {
  if (row.words.empty() && row.nt.empty()) {
    auto statement = database_.use("DELETE FROM guest_secret WHERE guest = ?1");
    return run(statement.bind(row.guest.id.bytes));
  }
  auto statement = database_.use(
      "INSERT INTO guest_secret (guest, words, nt) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (guest) DO UPDATE SET words = ?2, nt = ?3");
  return run(statement.bind(row.guest.id.bytes, row.words, Bytes{row.nt}));
}

Result<std::int64_t> SqliteTransaction::store(const GuestSessionRow& row) {
  auto statement = database_.use(
      "INSERT INTO guest_session (ref, guest, school, device, nas, nas_session, address, started,"
      " seen, ended, cause) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
      " ON CONFLICT (ref) DO UPDATE SET guest = ?2, school = ?3, device = ?4, nas = ?5,"
      " nas_session = ?6, address = ?7, started = ?8, seen = ?9, ended = ?10, cause = ?11");
  statement.bind(row.id.bytes, row.guest.bytes, row.school, row.device, row.nas, row.nas_session,
                 row.address, row.started, row.seen, row.ended, row.cause);
  ASSENT_CHECK(run(statement));
  return 0;
}

}  // namespace assent::store
