// Opening a connection, its settings, and what SQLite's result codes mean.

#include "service/store/database.h"

#include <sqlite3.h>

namespace assent::store {
namespace {

constexpr int kBusyTimeoutMs = 5'000;
constexpr int kLengthMax = 64 * 1024 * 1024;  // bytes of one value or row

// For every connection. cache_size is in KiB: many readers must not add up to much memory.
constexpr const char* kSettings =
    "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
    "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -256;";
// secure_delete overwrites what is erased; synchronous=FULL makes a COMMIT survive power loss.
constexpr const char* kWriteSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
    "PRAGMA cache_size = -2048;";

}  // namespace

Code to_code(int sqlite_code) {
  switch (sqlite_code & 0xff) {
    case SQLITE_CONSTRAINT:
      switch (sqlite_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return Code::Conflict;
        default: return Code::Invalid;
      }
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH: return Code::Invalid;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT: return Code::Unavailable;
    default: return Code::Corrupt;
  }
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Use use) {
  // One thread at a time uses a connection, so SQLite needs no mutex of its own in it.
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (use == Use::Write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  auto database = std::unique_ptr<Database>(new Database(handle));
  if (code != SQLITE_OK) {
    auto failure = database->failure(code);
    failure.error.message += " (" + path + ")";
    return failure;
  }
  ASSENT_CHECK(database->configure());
  return database;
}

Status Database::configure() {
  sqlite3_busy_timeout(handle_, kBusyTimeoutMs);
  sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, kLengthMax);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  return script(kSettings);
}

Status Database::prepare_to_write() {
  return script(kWriteSettings);
}

Database::~Database() {
  for (const auto& [sql, statement] : kept_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Statement Database::use(std::string_view sql) {
  auto& statement = kept_[sql];
  Status made;
  if (!statement) {
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) made = failure(code);
  }
  return {*this, statement, std::move(made)};
}

Status Database::script(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return {};
}

Result<std::int64_t> Database::number(std::string_view sql) {
  auto query = use(sql);
  ASSENT_TRY(const bool found, query.row());
  if (!found) return fail(Code::NotFound, "no such row");
  return query.integer(0);
}

std::int64_t Database::last_key() const {
  return sqlite3_last_insert_rowid(handle_);
}
std::int64_t Database::changed() const {
  return sqlite3_changes64(handle_);
}
std::string Database::path() const {
  const char* path = sqlite3_db_filename(handle_, "main");
  return path ? path : "";
}
bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

Failure Database::failure(int code) const {
  return fail(to_code(code), "the store: " + std::string(sqlite3_errmsg(handle_)));
}

}  // namespace assent::store
