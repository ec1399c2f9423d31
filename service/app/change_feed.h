#pragma once
// Whether a school's directory may hold something new, so that it need not be read again and again
// to find out. It never says what: whoever hears of a change reads. Implemented in directory/ and
// tests/support; tests/contract holds them all.

#include <functional>
#include <map>
#include <memory>

#include "core/base/id.h"
#include "core/base/result.h"

namespace assent {

// One thread at a time.
class ChangeFeed {
 public:
  virtual ~ChangeFeed() = default;
  // Whether people, groups or units have changed since this was last asked: true also when that is
  // not known, as at the first call, and after an error. A false alarm is no fault; a change that
  // is never told is one, but for what the implementation says that it cannot see. Asks a question
  // or two and waits for no change; ends by its deadline.
  // Unavailable while the server is away. Any other error says, for people, why changes cannot be
  // heard of: asking again soon does not help.
  virtual Result<bool> changed() = 0;
};

using ChangeFeeds = std::map<SchoolName, std::function<std::unique_ptr<ChangeFeed>()>>;

}  // namespace assent
