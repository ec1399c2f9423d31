#pragma once
// JSON text (RFC 8259) into a Value. Writing is in core/base/value.h.

#include "core/base/value.h"

namespace assent {

struct JsonLimits {
  std::size_t bytes = 64 * 1024;
  std::size_t depth = 16;
};

// Invalid, with line and column, on malformed text, a key given twice, a number that is no
// 64-bit integer, text that is not UTF-8, or anything over the limits.
Result<Value> parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace assent
