#pragma once
// The machine's clock, for a main() alone: everything else takes a Clock (tests/tidy checks).

#include "core/base/time.h"

namespace assent {

class SystemClock final : public Clock {
 public:
  Time now() const override {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace assent
