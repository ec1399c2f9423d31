#pragma once
// A source of people that is read where it is, and so waits for a server: it can be told to end.

#include "service/app/ports.h"

namespace assent {

class LiveSource : public RosterSource {
 public:
  // Any thread. A reading that is under way ends at its next question to the server, or when the
  // connection that it is making is made or given up; a later one at once. Both are Unavailable.
  virtual void stop() = 0;
};

}  // namespace assent
