#pragma once
// What looking at a school's directory found, step by step, in words for a technician.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/id.h"

namespace assent {

struct CheckStep {
  enum class State : std::uint8_t { Good, Note, Bad };  // Note: works, and may not be meant so
  State state = State::Bad;
  std::string what;                     // "connect to ldaps://dc1.school.example"
  std::string said;                     // what was found, or what is wrong and what to do
  std::vector<std::string> lines = {};  // to be copied as they stand: the rights that are missing
};

// Takes up to ten seconds, and changes nothing.
using DirectoryCheck = std::function<std::vector<CheckStep>()>;
using DirectoryChecks = std::map<SchoolName, DirectoryCheck>;

}  // namespace assent
