#pragma once
// What the codecs of this folder read in the same way: one-line texts, binary of a fixed size,
// times. Inside core/wire only.

#include <string>

#include "core/base/bytes.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/base/value.h"

namespace assent::wire {

// Rejects `key` unless its text is one clean line (check_line); an absent text stays absent.
inline std::string clean(Fields& fields, std::string_view key, std::string text) {
  if (const Status status = check_line(text, text.size()); !status)
    fields.reject(key, status.error().message);
  return text;
}
inline std::string line(Fields& fields, std::string_view key, std::size_t max) {
  return clean(fields, key, fields.text(key, max));
}
// Empty when absent: an empty text is written by leaving the member out.
inline std::string line_or_empty(Fields& fields, std::string_view key, std::size_t max) {
  return clean(fields, key, fields.optional_text(key, max).value_or(""));
}
inline std::string text_or_empty(Fields& fields, std::string_view key, std::size_t max) {
  return fields.optional_text(key, max).value_or("");
}

inline bool boolean(Fields& fields, std::string_view key) {
  if (!fields.any(key)) fields.reject(key, "is missing");
  return fields.boolean_or(key, false);
}

template <std::size_t N>
std::array<std::byte, N> binary(Fields& fields, std::string_view key) {
  constexpr std::size_t kBase64Length = (N + 2) / 3 * 4;
  return fields.accept(key, exactly<N>(from_base64(fields.text(key, kBase64Length))));
}

inline Time time(Fields& fields, std::string_view key) {
  constexpr std::size_t kLength = 24;
  return fields.accept(key, parse_rfc3339(fields.text(key, kLength)));
}

}  // namespace assent::wire
