#pragma once
// People from a CSV file (RFC 4180), as an MIS exports it: docs/roster.md. Rows go through one at a
// time; the file is never a tree in memory. Not a general CSV library: it knows what a roster is.

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "service/app/ports.h"

namespace assent {

struct CsvSettings {
  // Our column's name to the file's: {"mis_id", "Admission No"}. What is not named keeps its name.
  std::map<std::string, std::string> columns;
  // The file's role, in lower case, to ours: {"teaching staff", "staff"}.
  std::map<std::string, std::string> roles;
};

struct CsvLimits {
  std::size_t row_bytes = 16 * 1024;
  std::size_t field_bytes = 1024;
  std::size_t columns = 64;
  std::size_t rows = 1'000'000;  // with the header
};

// Text in pieces of any size into rows of fields. Quotes, CRLF or LF, with or without a byte order
// mark. One thread. After an error every call gives that error.
class CsvReader {
 public:
  // `line` is where the row begins; the fields may be moved from. Empty lines are left out.
  using Row = std::function<Status(std::size_t line, std::vector<std::string>& fields)>;

  CsvReader(CsvLimits limits, Row row) : limits_(limits), row_(std::move(row)) {}
  Status add(std::string_view piece);  // Invalid names the line
  Status finish();                     // the last row may lack its line end

 private:
  enum class At : std::uint8_t { FieldStart, Plain, Quoted, QuoteInQuoted, CarriageReturn };

  Status take(char c);
  Status end_field();
  Status end_row();
  Status append(char c);
  Status wrong(const std::string& what);

  CsvLimits limits_;
  Row row_;
  At at_ = At::FieldStart;
  std::size_t line_ = 1, row_line_ = 1, row_bytes_ = 0, rows_ = 0;
  std::size_t bom_ = 0;  // bytes of a byte order mark seen, while nothing else was
  std::string field_;
  std::vector<std::string> fields_;
  bool touched_ = false;  // the row has something in it
  std::string broken_;
};

// RosterSource over text held by the caller, in pieces. Header and columns are in docs/roster.md.
class CsvRoster final : public RosterSource {
 public:
  // `pieces` must outlive it.
  CsvRoster(CsvSettings settings, std::span<const std::string> pieces, CsvLimits limits = {});
  std::string name() const override { return "csv"; }
  Status read(const std::function<Status(RosterPerson)>& each) override;

 private:
  CsvSettings settings_;
  std::span<const std::string> pieces_;
  CsvLimits limits_;
};

// Invalid, saying which, if a column or a role on our side is not one that we know.
Status check_settings(const CsvSettings& settings);

}  // namespace assent
