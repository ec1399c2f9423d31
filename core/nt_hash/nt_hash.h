#pragma once
// What MSCHAPv2 has instead of a password (RFC 2759, 8.3). Whoever has it can log in by it, and 50
// bits are found from it in hours: so it is made only where a school asks for it. The only place
// that sees libnettle.

#include <array>
#include <string_view>

#include "core/base/bytes.h"

namespace assent {

using NtHash = std::array<std::byte, 16>;

// MD4 (RFC 1320) of `password` in UTF-16. `password` is ASCII, which is all that we generate.
NtHash nt_hash(std::string_view password);

}  // namespace assent
