#pragma once
// One SQLite connection and its statements, as values and Results. Not safe for two threads at
// once: the writer owns one, each reading thread borrows one (readers.h).

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/bytes.h"
#include "core/base/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace assent::store {

class Database;

// A prepared statement in use. Going out of scope gives it back, reset. The first fault in
// preparing or binding is kept and told by run() or row().
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Binds the parameters ?1, ?2, … in order.
  template <class... Args>
  Statement& bind(const Args&... args) {
    int at = 0;
    (put(++at, args), ...);
    return *this;
  }
  Statement& bind_at(int at, std::int64_t value) {
    put(at, value);
    return *this;
  }
  // Runs to the end; rows are not expected.
  Status run();
  // True: there is a row, read it with the functions below. False: that was all.
  Result<bool> row();

  // The column `at` (from 0) of the row.
  bool null(int at) const;
  std::int64_t integer(int at) const;
  std::string text(int at) const;  // text or a blob, byte for byte
  Bytes bytes(int at) const;       // valid until the next row
  Time time(int at) const { return Time{milliseconds{integer(at)}}; }
  std::optional<Time> optional_time(int at) const;
  // Corrupt unless it has exactly N bytes.
  template <std::size_t N>
  Status fixed(int at, std::array<std::byte, N>& out) const {
    const auto found = bytes(at);
    if (found.size() != N) return fail(Code::Corrupt, "the store holds a value of a wrong size");
    std::copy(found.begin(), found.end(), out.begin());
    return {};
  }

 private:
  friend class Database;
  Statement(Database& database, sqlite3_stmt* statement, Status made);

  void put(int at, std::int64_t value);
  void put(int at, std::uint64_t value) { put(at, std::int64_t(value)); }
  void put(int at, std::uint32_t value) { put(at, std::int64_t(value)); }
  void put(int at, std::uint16_t value) { put(at, std::int64_t(value)); }
  void put(int at, std::uint8_t value) { put(at, std::int64_t(value)); }
  void put(int at, Time value) { put(at, value.time_since_epoch().count()); }
  void put(int at, const std::string& value);  // as text
  void put(int at, Bytes value);
  template <std::size_t N>
  void put(int at, const std::array<std::byte, N>& value) {
    put(at, Bytes{value});
  }
  void put(int at, std::nullopt_t);
  template <class T>
  void put(int at, const std::optional<T>& value) {
    if (value) return put(at, *value);
    put(at, std::nullopt);
  }
  void keep(int code);

  Database* database_;
  sqlite3_stmt* statement_;
  Status fault_;
};

class Database {
 public:
  enum class Use : std::uint8_t { Write, Read };
  // Opens an existing file with the settings that every connection of ours has. Writes nothing.
  static Result<std::unique_ptr<Database>> open(const std::string& path, Use use);
  // WAL, and every COMMIT durable. For the writer, once it knows that the file is ours.
  Status prepare_to_write();
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // A statement, prepared at its first use and kept. `sql` must live for ever: a literal.
  // One statement of a text may be in use at a time.
  Statement use(std::string_view sql);
  // Runs SQL without parameters, any number of statements.
  Status script(const std::string& sql);
  Result<std::int64_t> number(std::string_view sql);  // the only value of a query

  std::int64_t last_key() const;
  std::int64_t changed() const;  // rows that the last statement changed
  std::string path() const;      // absolute; empty in memory
  bool in_transaction() const;
  Failure failure(int code) const;  // what SQLite said last, as an Error

 private:
  explicit Database(sqlite3* handle) : handle_(handle) {}
  Status configure();

  sqlite3* handle_;
  std::unordered_map<std::string_view, sqlite3_stmt*> kept_;
};

// What an SQLite result code means for the caller.
Code to_code(int sqlite_code);

}  // namespace assent::store
