#pragma once
// Taking the C2SP text formats apart, line by line, for this folder's parsers. Not a general
// reader: a line ends in LF and nothing else, and a number has one spelling.

#include <cstdint>
#include <string_view>

#include "core/base/bytes.h"

namespace assent {

// Takes the next line, without its LF, off the front of `text`. Invalid when no LF is left.
Result<std::string_view> take_line(std::string_view& text);

// ASCII decimal without leading zeroes, at most 2^63 - 1 (what others can hold).
Result<std::uint64_t> parse_decimal(std::string_view text);

}  // namespace assent
