#include "winlogon-shim/system/abandonable.h"

namespace assent::windows {

bool Places::take() {
  const std::lock_guard lock(mutex_);
  if (left_ == 0) return false;
  --left_;
  return true;
}

void Places::give_back() {
  const std::lock_guard lock(mutex_);
  ++left_;
}

}  // namespace assent::windows
