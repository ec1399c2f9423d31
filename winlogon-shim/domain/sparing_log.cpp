#include "winlogon-shim/domain/sparing_log.h"

#include <memory>
#include <mutex>

namespace assent::windows {
namespace {

// Counts by the minutes of the clock: one that is set back begins another minute, as any does.
class Minute {
 public:
  // Which line of its minute this one is.
  unsigned next(Time now) {
    const std::lock_guard lock(mutex_);
    const auto minute = std::chrono::floor<minutes>(now);
    if (minute != minute_) lines_ = 0;
    minute_ = minute;
    if (lines_ <= kMostLinesAMinute + 1) ++lines_;
    return lines_;
  }

 private:
  std::mutex mutex_;
  std::chrono::sys_time<minutes> minute_;
  unsigned lines_ = 0;
};

}  // namespace

device::Log sparing(device::Log log, const Clock& clock) {
  const auto minute = std::make_shared<Minute>();
  return
      [log = std::move(log), &clock, minute](device::Severity severity, const std::string& line) {
        if (severity == device::Severity::Error) return log(severity, line);
        const unsigned count = minute->next(clock.now());
        if (count <= kMostLinesAMinute) return log(severity, line);
        if (count == kMostLinesAMinute + 1)
          log(device::Severity::Warning,
              "more than " + std::to_string(kMostLinesAMinute) +
                  " lines within a minute: the rest of this minute's are left out");
      };
}

}  // namespace assent::windows
