#include "core/ledger/lines.h"

#include <limits>

#include "core/base/number.h"

namespace assent {

Result<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == text.npos) return fail(Code::Invalid, "a line is missing, or does not end in LF");
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

Result<std::uint64_t> parse_decimal(std::string_view text) {
  const auto number = whole_number<std::uint64_t>(text);
  const bool second_spelling = text.size() > 1 && text[0] == '0';
  if (!number || second_spelling || *number > std::numeric_limits<std::int64_t>::max())
    return fail(Code::Invalid, "expected a whole number without leading zeroes");
  return *number;
}

}  // namespace assent
