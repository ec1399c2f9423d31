// Binding, stepping and reading columns: the only words spoken to a prepared statement.

#include <sqlite3.h>

#include "service/store/database.h"

namespace assent::store {

Statement::Statement(Database& database, sqlite3_stmt* statement, Status made)
    : database_(&database), statement_(statement), fault_(std::move(made)) {}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      fault_(std::move(other.fault_)) {}

Statement::~Statement() {
  if (!statement_) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);  // lets go of what was bound: it may be somebody's name
}

void Statement::keep(int code) {
  if (code != SQLITE_OK && fault_) fault_ = database_->failure(code);
}

void Statement::put(int at, std::int64_t value) {
  if (fault_) keep(sqlite3_bind_int64(statement_, at, value));
}

void Statement::put(int at, const std::string& value) {
  if (fault_)
    keep(sqlite3_bind_text64(statement_, at, value.data(), value.size(), SQLITE_TRANSIENT,
                             SQLITE_UTF8));
}

void Statement::put(int at, Bytes value) {
  if (!fault_) return;
  // A null pointer would bind NULL; an empty blob is not that.
  const void* data = value.empty() ? static_cast<const void*>("") : value.data();
  keep(sqlite3_bind_blob64(statement_, at, data, value.size(), SQLITE_TRANSIENT));
}

void Statement::put(int at, std::nullopt_t) {
  if (fault_) keep(sqlite3_bind_null(statement_, at));
}

Result<bool> Statement::row() {
  ASSENT_CHECK(fault_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->failure(code);
}

Status Statement::run() {
  ASSENT_TRY(const bool more, row());
  if (more) return fail(Code::Corrupt, "the store answered with a row where none was expected");
  return {};
}

bool Statement::null(int at) const {
  return sqlite3_column_type(statement_, at) == SQLITE_NULL;
}

std::int64_t Statement::integer(int at) const {
  return sqlite3_column_int64(statement_, at);
}

Bytes Statement::bytes(int at) const {
  const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, at));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, at))};
}

std::string Statement::text(int at) const {
  return std::string(text_of(bytes(at)));
}

std::optional<Time> Statement::optional_time(int at) const {
  if (null(at)) return std::nullopt;
  return time(at);
}

}  // namespace assent::store
