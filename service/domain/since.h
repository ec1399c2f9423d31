#pragma once
// Since when something is owed: for people who ask. The gate itself never needs it.

#include "service/domain/gate.h"

namespace assent {

// Pure, and the same whenever it is asked before the next change: `owed` as decide() gave it at
// `now` for somebody whose standing with that policy this is. In a new reading band it is owed
// since the signing or the version, whichever came later: when the band changed, nobody wrote down.
Time owed_since(const Owed& owed, const Standing& standing, Time now);

}  // namespace assent
