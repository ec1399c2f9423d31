#pragma once
// The canonical JSON of a record: the bytes that the ledger commits to (docs/ledger.md).

#include "core/base/value.h"
#include "service/app/ports.h"

namespace assent {

// Adds v, type, id, t, clock and trust to `fields` and writes it all canonically. `clock_ok` is
// false when the clock went back and `at` is the last record's time.
std::string record_body(std::string_view type, const Nonce& id, Time at, bool clock_ok,
                        std::string_view trust, Object fields);

}  // namespace assent
