#pragma once
// A hash for tables in memory whose keys are chosen by others, such as login names: nobody can make
// two that meet. Not for what is stored or given away: that is keyed_hash().

#include "core/crypto/crypto.h"

namespace assent {

// SipHash-2-4 with 128 bits, under the first half of `key`. A tenth of the cost of keyed_hash().
std::array<std::byte, 16> table_hash(const SecretKey& key, std::string_view text);

}  // namespace assent
