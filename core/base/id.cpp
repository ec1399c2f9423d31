#include "core/base/id.h"

#include <algorithm>

namespace assent {

Status check_name(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (text.empty() || text.size() > 64 || text[0] < 'a' || text[0] > 'z' ||
      !std::ranges::all_of(text, allowed))
    return fail(Code::Invalid, "a name is 1 to 64 of a-z, 0-9 and -, and begins with a letter");
  return {};
}

}  // namespace assent
