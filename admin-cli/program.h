#pragma once
// The whole program but for what only a process has: so that tests run it as it is.

#include "admin-cli/context.h"

namespace assent::cli {

struct Surroundings {
  Environment environment;
  Connect connect;
  std::ostream& out;
  std::ostream& err;
  bool progress = false;  // standard error is a terminal
  World world = {};
};

// `words` without the program's name.
Exit run(const std::vector<std::string>& words, const Surroundings& surroundings);

}  // namespace assent::cli
