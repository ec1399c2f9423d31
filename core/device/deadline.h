#pragma once
// The moment by which an answer must be there, however many steps it takes.

#include <algorithm>
#include <chrono>

namespace assent::device {

class Deadline {
 public:
  using Ticks = std::chrono::steady_clock;
  static Deadline in(std::chrono::milliseconds time) { return Deadline(Ticks::now() + time); }
  // Never less than 0.
  int left_ms() const {
    using std::chrono::milliseconds;
    const auto left = std::chrono::duration_cast<milliseconds>(end_ - Ticks::now());
    return int(std::max(left, milliseconds(0)).count());
  }
  Ticks::time_point end() const { return end_; }
  Deadline sooner_by(std::chrono::milliseconds time) const { return Deadline(end_ - time); }

 private:
  explicit Deadline(Ticks::time_point end) : end_(end) {}
  Ticks::time_point end_;
};

}  // namespace assent::device
