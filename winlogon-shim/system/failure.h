#pragma once
// Windows' error numbers as errors of ours.

#include "core/base/result.h"

namespace assent::windows {

// "WHAT: Windows' words (5)", Unavailable; `code` is GetLastError() unless it is given.
Failure windows_failure(const std::string& what);
Failure windows_failure(const std::string& what, unsigned long code);

}  // namespace assent::windows
