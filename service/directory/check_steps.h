#pragma once
// The steps of a check, in order, as its parts find them.

#include "service/app/directory_check.h"

namespace assent::directory {

class CheckSteps {
 public:
  void good(std::string what, std::string said) {
    all_.push_back({CheckStep::State::Good, std::move(what), std::move(said)});
  }
  void note(std::string what, std::string said, std::vector<std::string> lines = {}) {
    all_.push_back({CheckStep::State::Note, std::move(what), std::move(said), std::move(lines)});
  }
  // False, so that it can be what a part returns.
  bool bad(std::string what, std::string said, std::vector<std::string> lines = {}) {
    all_.push_back({CheckStep::State::Bad, std::move(what), std::move(said), std::move(lines)});
    return false;
  }
  std::vector<CheckStep> take() { return std::move(all_); }

 private:
  std::vector<CheckStep> all_;
};

}  // namespace assent::directory
