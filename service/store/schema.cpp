// The schema, as text. t is UTC milliseconds since 1970; every roster and policy key begins with
// the school, because one service may hold many.

#include "service/store/schema.h"

#include <algorithm>
#include <array>

namespace assent::store {
namespace {

// `ref` is the public random id; login is NULL when it has gone, and unique within a school.
constexpr const char* kPeople = R"sql(
CREATE TABLE school (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE profile (id INTEGER PRIMARY KEY, school INTEGER NOT NULL REFERENCES school,
  facts TEXT NOT NULL, UNIQUE (school, facts)) STRICT;
CREATE TABLE person (id INTEGER PRIMARY KEY, school INTEGER NOT NULL REFERENCES school,
  ref BLOB NOT NULL UNIQUE CHECK (length(ref) = 16), login TEXT, name TEXT NOT NULL,
  form TEXT NOT NULL, profile INTEGER NOT NULL, state INTEGER NOT NULL, seen INTEGER NOT NULL,
  home TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX person_login ON person (school, login) WHERE login IS NOT NULL;
CREATE TABLE identity (school INTEGER NOT NULL REFERENCES school, source TEXT NOT NULL,
  external TEXT NOT NULL, person INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (school, source, external)) STRICT, WITHOUT ROWID;
CREATE INDEX identity_person ON identity (person);
CREATE INDEX identity_external ON identity (school, external);
CREATE TABLE token (ref BLOB PRIMARY KEY CHECK (length(ref) = 16),
  person INTEGER NOT NULL REFERENCES person, scope TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32), expires INTEGER NOT NULL, revoked INTEGER)
  STRICT, WITHOUT ROWID;
CREATE TABLE device (id INTEGER PRIMARY KEY, ref BLOB NOT NULL UNIQUE CHECK (length(ref) = 16),
  school INTEGER NOT NULL REFERENCES school, name TEXT NOT NULL, room TEXT NOT NULL,
  class TEXT NOT NULL, key BLOB CHECK (length(key) = 32),
  code_hash BLOB NOT NULL CHECK (length(code_hash) = 32), code_expires INTEGER NOT NULL,
  revoked INTEGER) STRICT;
)sql";

// A version's files are kept as published; the catalogue is parsed from them at start.
constexpr const char* kPolicies = R"sql(
CREATE TABLE policy (id INTEGER PRIMARY KEY CHECK (id <= 65535),
  school INTEGER NOT NULL REFERENCES school, name TEXT NOT NULL, retired INTEGER,
  UNIQUE (school, name)) STRICT;
CREATE TABLE version (policy INTEGER NOT NULL REFERENCES policy,
  number INTEGER NOT NULL CHECK (number > 0), effective INTEGER NOT NULL,
  enforced INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (policy, number))
  STRICT, WITHOUT ROWID;
CREATE TABLE version_file (policy INTEGER NOT NULL, number INTEGER NOT NULL,
  place INTEGER NOT NULL, path TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (policy, number, place), FOREIGN KEY (policy, number) REFERENCES version) STRICT;
CREATE TABLE standing (person INTEGER NOT NULL REFERENCES person, policy INTEGER NOT NULL,
  version INTEGER NOT NULL, style INTEGER NOT NULL, act INTEGER NOT NULL, at INTEGER NOT NULL,
  entry INTEGER NOT NULL, deferred_version INTEGER NOT NULL, deferred_count INTEGER NOT NULL,
  PRIMARY KEY (person, policy)) STRICT, WITHOUT ROWID;
CREATE TABLE shown (hash BLOB PRIMARY KEY CHECK (length(hash) = 32), document BLOB NOT NULL)
  STRICT, WITHOUT ROWID;
)sql";

// An entry never changes; its record can be erased. Hashes stand in append order (core/ledger).
constexpr const char* kLedger = R"sql(
CREATE TABLE entry (idx INTEGER PRIMARY KEY,
  commitment BLOB NOT NULL CHECK (length(commitment) = 33)) STRICT;
CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'an entry of the ledger never changes'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'an entry of the ledger never goes'); END;
CREATE TABLE record (idx INTEGER PRIMARY KEY REFERENCES entry,
  salt BLOB NOT NULL CHECK (length(salt) = 32), nonce BLOB NOT NULL UNIQUE
  CHECK (length(nonce) = 16), type TEXT NOT NULL, person INTEGER, body BLOB NOT NULL) STRICT;
CREATE INDEX record_person ON record (person, idx) WHERE person IS NOT NULL;
CREATE TABLE hash (pos INTEGER PRIMARY KEY, hash BLOB NOT NULL CHECK (length(hash) = 32)) STRICT;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY,
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  root BLOB NOT NULL CHECK (length(root) = 32)) STRICT;
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL,
  peaks BLOB NOT NULL CHECK (length(peaks) % 32 = 0)) STRICT;
INSERT INTO head VALUES (1, 0, x'');
)sql";

// What each person should have, and what of it is done: a row is waiting while applied_change is
// behind. A sweep looks at everybody again, from its due time on.
constexpr const char* kLevels = R"sql(
CREATE TABLE level (person INTEGER PRIMARY KEY REFERENCES person,
  school INTEGER NOT NULL REFERENCES school, level TEXT NOT NULL, why TEXT NOT NULL,
  decided INTEGER NOT NULL, swept INTEGER NOT NULL, change INTEGER NOT NULL,
  applied_level TEXT NOT NULL DEFAULT '', applied_change INTEGER NOT NULL DEFAULT 0,
  applied INTEGER, attempts INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
  not_before INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX level_waiting ON level (school, swept, decided, person)
  WHERE applied_change < change;
CREATE INDEX person_school ON person (school, id);
CREATE TABLE sweep (id INTEGER PRIMARY KEY, school INTEGER NOT NULL REFERENCES school,
  due INTEGER NOT NULL, cause TEXT NOT NULL, from_roster INTEGER NOT NULL,
  cursor INTEGER NOT NULL, passed INTEGER NOT NULL, held INTEGER, by_two INTEGER NOT NULL,
  confirmed_by TEXT NOT NULL) STRICT;
)sql";

// What a filter that reads groups at night saw: a level that was applied before somebody's day
// began.
constexpr const char* kNights =
    "ALTER TABLE level ADD COLUMN night_level TEXT NOT NULL DEFAULT '';";

// No secret is in it: passphrase and voucher are keyed hashes, whose key is not in the file. A
// stay's device is a hardware address: personal data, and purged with its guest.
constexpr const char* kGuests = R"sql(
CREATE TABLE guest (id INTEGER PRIMARY KEY, ref BLOB NOT NULL UNIQUE CHECK (length(ref) = 16),
  school INTEGER NOT NULL REFERENCES school, person INTEGER NOT NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL, reason TEXT NOT NULL, host INTEGER NOT NULL, state INTEGER NOT NULL,
  ending INTEGER NOT NULL, needs_approval INTEGER NOT NULL, account TEXT NOT NULL,
  requested_by INTEGER NOT NULL, approved_by INTEGER NOT NULL, issued_by INTEGER NOT NULL,
  requested INTEGER NOT NULL, begins INTEGER, valid_from INTEGER NOT NULL, stay INTEGER NOT NULL,
  until INTEGER, first_login INTEGER, ended INTEGER, extended INTEGER NOT NULL,
  extensions INTEGER NOT NULL, devices INTEGER NOT NULL,
  passphrase BLOB CHECK (length(passphrase) = 32),
  voucher BLOB UNIQUE CHECK (length(voucher) = 32)) STRICT;
CREATE INDEX guest_account ON guest (school, account) WHERE account <> '';
CREATE INDEX guest_school ON guest (school, id);
CREATE INDEX guest_host ON guest (host, id);
CREATE TABLE guest_session (id INTEGER PRIMARY KEY,
  ref BLOB NOT NULL UNIQUE CHECK (length(ref) = 16), guest BLOB NOT NULL CHECK (length(guest) = 16),
  school INTEGER NOT NULL REFERENCES school, device TEXT NOT NULL, nas TEXT NOT NULL,
  nas_session TEXT NOT NULL, address TEXT NOT NULL, started INTEGER NOT NULL,
  seen INTEGER NOT NULL, ended INTEGER, cause TEXT NOT NULL) STRICT;
CREATE INDEX guest_session_guest ON guest_session (guest, id);
CREATE INDEX guest_session_open ON guest_session (school) WHERE ended IS NULL;
)sql";

// What visitors ask for themselves: to be let in, from which device; and to stay longer.
constexpr const char* kAsks = R"sql(
ALTER TABLE guest ADD COLUMN visits TEXT NOT NULL DEFAULT '';
ALTER TABLE guest ADD COLUMN answer_by INTEGER;
ALTER TABLE guest ADD COLUMN longer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE guest ADD COLUMN longer_refused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE guest ADD COLUMN asked_address TEXT NOT NULL DEFAULT '';
ALTER TABLE guest ADD COLUMN asked_device TEXT NOT NULL DEFAULT '';
)sql";

// Roles that people hold until a day, and who made each token: two of one person's making are not
// two persons. What was asked for never changes; only the answer does.
constexpr const char* kGrants = R"sql(
CREATE TABLE role_grant (ref BLOB PRIMARY KEY CHECK (length(ref) = 16),
  school INTEGER NOT NULL REFERENCES school, role TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person, deputy_of INTEGER NOT NULL,
  begins INTEGER NOT NULL, until INTEGER NOT NULL CHECK (until > begins), why TEXT NOT NULL,
  state INTEGER NOT NULL, asked_by INTEGER NOT NULL, asked_with INTEGER NOT NULL,
  asked INTEGER NOT NULL, decided_by INTEGER NOT NULL, decided INTEGER,
  ended_by INTEGER NOT NULL, ended INTEGER,
  CHECK (state <> 1 OR (decided_by <> 0 AND decided_by <> asked_by AND decided_by <> person)))
  STRICT, WITHOUT ROWID;
ALTER TABLE token ADD COLUMN made_by INTEGER NOT NULL DEFAULT 0;
)sql";

// What guests chose themselves, as Argon2id texts, and what MSCHAPv2 needs of a passphrase,
// encrypted under a key that is not in the file. A table of its own, because hardly any guest has
// either. And whoever has an account now is found first, for each login, without sorting.
constexpr const char* kGuestSecrets = R"sql(
CREATE TABLE guest_secret (guest BLOB PRIMARY KEY REFERENCES guest (ref)
  CHECK (length(guest) = 16), words TEXT NOT NULL, nt BLOB NOT NULL) STRICT, WITHOUT ROWID;
DROP INDEX guest_account;
CREATE INDEX guest_account ON guest (school, account, state IN (1, 2), valid_from)
  WHERE account <> '';
)sql";

// What brings a file of version n + 1 to the next one. Steps are only ever added.
constexpr std::array kSteps{kLevels, kNights, kGuests, kAsks, kGrants, kGuestSecrets};
static_assert(kSchemaVersion == 1 + int(kSteps.size()));

std::string upgrade(std::int64_t version) {
  std::string sql = "BEGIN IMMEDIATE;";
  if (version == 0) sql = sql + kPeople + kPolicies + kLedger;
  for (auto step = std::size_t(std::max<std::int64_t>(version, 1)) - 1; step < kSteps.size();
       ++step)
    sql += kSteps[step];
  return sql + "PRAGMA user_version = " + std::to_string(kSchemaVersion) + "; COMMIT;";
}

}  // namespace

Result<std::int64_t> schema_version(Database& database) {
  return database.number("PRAGMA user_version");
}

Status check_schema(Database& database) {
  ASSENT_TRY(const auto version, schema_version(database));
  if (version >= 1 && version <= kSchemaVersion) return {};
  if (version > kSchemaVersion)
    return fail(Code::Invalid, "the store has schema " + std::to_string(version) +
                                   ", made by a newer Assent; this program knows " +
                                   std::to_string(kSchemaVersion) +
                                   ". Install the newer program, or restore an older store.");
  ASSENT_TRY(const auto tables, database.number("SELECT count(*) FROM sqlite_schema"));
  if (version != 0 || tables != 0)
    return fail(Code::Invalid, "the file is a database, but not one of Assent's");
  return {};
}

Status ensure_schema(Database& database) {
  ASSENT_TRY(const auto version, schema_version(database));
  if (version == kSchemaVersion) return {};
  auto made = database.script(upgrade(version));
  if (!made && database.in_transaction()) ASSENT_CHECK(database.script("ROLLBACK"));
  return made;
}

}  // namespace assent::store
