#pragma once
// What somebody who has just signed is told of their websites: that the filter sees their level
// later than the directory has it.

#include <deque>

#include "service/app/ports.h"
#include "service/domain/school.h"

namespace assent {

// A whole number of these, rounded up: what the directory takes is in it, and it is easily read.
inline constexpr minutes kToldInSteps{5};

// Empty unless `after` is a looser level than `before` and somebody knows when the filter sees it.
// The time is the school's own, with the date where it is another than today's.
std::string opening_message(const School& school, const std::string& before,
                            const std::string& after, const std::string& language,
                            const Calendar& calendar, Time now);

// What was told with the newest answers, for a client that repeats one because the reply was lost.
// One thread.
class ToldOpenings {
 public:
  static constexpr std::size_t kKept = 512;  // a class logs in at once, and each has one

  void add(const Nonce& answer, const std::string& message);
  // Empty where nothing was told, or it is too long ago.
  std::string find(const Nonce& answer) const;

 private:
  std::deque<std::pair<Nonce, std::string>> told_;
};

}  // namespace assent
