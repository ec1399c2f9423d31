// The RFC 4180 state machine: bytes to fields to rows. What the columns mean is csv_roster.cpp.
#include "core/base/text.h"
#include "service/app/csv_roster.h"

namespace assent {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

Status CsvReader::wrong(const std::string& what) {
  broken_ = "line " + std::to_string(line_) + ": " + what;
  return fail(Code::Invalid, broken_);
}

Status CsvReader::add(std::string_view piece) {
  if (!broken_.empty()) return fail(Code::Invalid, broken_);
  for (const char c : piece) {
    if (bom_ < kByteOrderMark.size()) {
      if (c == kByteOrderMark[bom_]) {
        ++bom_;
        continue;
      }
      if (bom_ != 0) return wrong("does not begin with UTF-8: save the file as CSV UTF-8");
      bom_ = kByteOrderMark.size();
    }
    if (const Status taken = take(c); !taken) {
      broken_ = taken.error().message;
      return taken;
    }
  }
  return {};
}

Status CsvReader::finish() {
  if (!broken_.empty()) return fail(Code::Invalid, broken_);
  if (at_ == At::Quoted) return wrong("a quote is never closed");
  if (bom_ != 0 && bom_ < kByteOrderMark.size()) return wrong("the file ends in mid-character");
  if (!touched_) return {};
  return end_row();
}

Status CsvReader::append(char c) {
  touched_ = true;
  if (field_.size() == limits_.field_bytes)
    return wrong("a field is longer than " + std::to_string(limits_.field_bytes) +
                 " bytes: is a quote missing?");
  field_ += c;
  return {};
}

Status CsvReader::take(char c) {
  if (++row_bytes_ > limits_.row_bytes)
    return wrong("a row is longer than " + std::to_string(limits_.row_bytes) +
                 " bytes: is a quote missing?");
  if (c == '\0') return wrong("has a zero byte: save the file as CSV UTF-8, not UTF-16");
  if (at_ == At::Quoted) {
    if (c == '\n') ++line_;
    if (c != '"') return append(c);
    at_ = At::QuoteInQuoted;
    return {};
  }
  if (at_ == At::CarriageReturn && c != '\n') return wrong("has a lone carriage return");
  if (c == '\n') return end_row();
  if (c == '\r') {
    at_ = At::CarriageReturn;
    return {};
  }
  if (c == ',') return end_field();
  if (at_ == At::QuoteInQuoted && c != '"') return wrong("has text after a closing quote");
  if (c == '"') {
    if (at_ == At::Plain) return wrong("has a quote inside a field that has none around it");
    touched_ = true;
    const bool doubled = at_ == At::QuoteInQuoted;
    at_ = At::Quoted;
    return doubled ? append('"') : Status{};
  }
  at_ = At::Plain;
  return append(c);
}

Status CsvReader::end_field() {
  touched_ = true;
  if (fields_.size() == limits_.columns)
    return wrong("has more than " + std::to_string(limits_.columns) + " columns");
  if (!is_utf8(field_)) return wrong("is not UTF-8: save the file as CSV UTF-8");
  fields_.push_back(std::move(field_));
  field_.clear();
  at_ = At::FieldStart;
  return {};
}

Status CsvReader::end_row() {
  if (touched_) {
    if (const Status ended = end_field(); !ended) return ended;
    if (++rows_ > limits_.rows) return wrong("is beyond the limit of rows");
    if (const Status given = row_(row_line_, fields_); !given) {
      broken_ = given.error().message;
      return given;
    }
  }
  fields_.clear();
  at_ = At::FieldStart;
  touched_ = false;
  row_bytes_ = 0;
  row_line_ = ++line_;
  return {};
}

}  // namespace assent
