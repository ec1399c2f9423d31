#pragma once
// What assentctl's exit status says. Scripts rely on these numbers: they do not change.

#include "core/base/result.h"

namespace assent::cli {

enum class Exit : int {
  Done = 0,
  Found = 1,        // something is to be looked at: a fault in a policy, somebody who still owes
  Usage = 2,        // the command line, a setting or a file is wrong
  Refused = 3,      // by a rule; the words say which
  Waits = 4,        // for a second person
  Unreachable = 5,  // no answer, or not one of Assent's: try again
  NoSuch = 6,       // person, policy, version, device or receipt
  Bug = 70,
};

// The one mapping from what went wrong to the status.
constexpr Exit exit_for(Code code) {
  switch (code) {
    case Code::NotFound: return Exit::NoSuch;
    case Code::Conflict:
    case Code::Denied: return Exit::Refused;
    case Code::Invalid: return Exit::Usage;
    case Code::Unavailable: return Exit::Unreachable;
    case Code::Corrupt: break;
  }
  return Exit::Found;
}

}  // namespace assent::cli
