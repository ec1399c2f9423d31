#pragma once
// What is wrong in a file that somebody at a school wrote: which file, which line, what to do.

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace assent {

inline Failure fault(std::string_view path, int line, std::string_view what) {
  return fail(Code::Invalid,
              std::string(path) + ":" + std::to_string(line) + ": " + std::string(what));
}

}  // namespace assent
