#pragma once
// How long until a level that could not be put into the output is tried again: all in one place.

#include <algorithm>

#include "service/app/level_ports.h"

namespace assent {

constexpr seconds kRetryFirst{1};        // doubled with every further try, up to
constexpr seconds kRetryAwayMax{8};      // when nothing answered: found within ten seconds of its
                                         // return
constexpr seconds kRetryRefusedMax{60};  // when it said no: somebody has to give a right first
constexpr minutes kRetryNobody{60};      // when it knows nobody of the id

// After `attempts` tries before this one.
inline milliseconds retry_after(Moved why, unsigned attempts) {
  if (why == Moved::Nobody) return kRetryNobody;
  const seconds most = why == Moved::Refused ? kRetryRefusedMax : kRetryAwayMax;
  constexpr unsigned kDoublings = 6;  // beyond every limit above
  return std::min(most, kRetryFirst * (1 << std::min(attempts, kDoublings)));
}

}  // namespace assent
