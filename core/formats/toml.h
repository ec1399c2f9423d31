#pragma once
// TOML 1.0 text into a Value: configuration and policy metadata.

#include "core/base/value.h"

namespace assent {

// Dates come as text ("2026-09-01"); times of day and fractions are refused. Takes any bytes.
// Invalid, with the line, on anything else that is wrong, or over 256 KiB, 100 dots in a line, or
// 32 values in each other; `name` is the file's name for the message.
Result<Value> parse_toml(std::string_view text, std::string_view name);

}  // namespace assent
