#pragma once
// Runs another program to its end: no shell, a deadline, and nothing of ours but what it is given.

#include <string>
#include <vector>

#include "core/base/time.h"

namespace assent::radius {

struct ProgramRun {
  int status = 0;      // its exit status; 128 and more: a signal ended it
  std::string output;  // what it wrote to standard output, the first kOutputMax bytes
};
inline constexpr std::size_t kInputMax = 4096, kOutputMax = 16 * 1024;

// `arguments` begin with the program's path. Unavailable when it cannot be started or has not ended
// in time; it is killed then. Any thread.
Result<ProgramRun> run_program(const std::vector<std::string>& arguments, const std::string& input,
                               milliseconds deadline);

}  // namespace assent::radius
