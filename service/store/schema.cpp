// The schema, as text. t is UTC milliseconds since 1970; every roster and policy key begins with
// the school, because one service may hold many.

#include "service/store/schema.h"

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

std::string creation() {
  return std::string("BEGIN IMMEDIATE;") + kPeople + kPolicies + kLedger +
         "PRAGMA user_version = " + std::to_string(kSchemaVersion) + "; COMMIT;";
}

}  // namespace

Result<std::int64_t> schema_version(Database& database) {
  return database.number("PRAGMA user_version");
}

Status check_schema(Database& database) {
  ASSENT_TRY(const auto version, schema_version(database));
  if (version == kSchemaVersion) return {};
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
  if (version != 0) return {};
  auto made = database.script(creation());
  if (!made && database.in_transaction()) ASSENT_CHECK(database.script("ROLLBACK"));
  return made;
}

}  // namespace assent::store
