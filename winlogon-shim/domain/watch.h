#pragma once
// What the logon program makes of the other process that asks the person: what it says last, or
// that it has ended or hangs. Nobody is left without a desktop by a fault of ours where the school
// lets people in then.

#include <chrono>

#include "winlogon-shim/domain/consequence.h"

namespace assent::windows {

struct WatchLimits {
  static constexpr std::chrono::seconds kFirstBeat{60};  // a cold start, on a slow disk
  static constexpr std::chrono::seconds kBeat{20};       // between two signs of life
  static constexpr std::chrono::seconds kLastChance{5};  // after sleep both wake at once
};

enum class Heard { Beat, Desktop, Provisional, Leave, Ended, Nothing };  // Nothing: in time

// What the process said for good, or how it failed. A Beat is no answer, and must not be given.
Consequence consequence_of(Heard last, const Settings& settings);

}  // namespace assent::windows
