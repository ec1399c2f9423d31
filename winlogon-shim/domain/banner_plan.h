#pragma once
// What becomes of Windows' logon notice: the message that stands there before anybody logs on.

#include <optional>
#include <string>

namespace assent::windows {

enum class BannerStep {
  Leave,     // as it is
  Show,      // the school's rules in short; what stood there before is kept the first time
  GiveBack,  // what stood there before
};

// `text` is what is published now: empty where nothing is, and nothing where the service did not
// say. `is_ours` while something of before is kept.
BannerStep banner_step(bool wanted, const std::optional<std::string>& text, bool is_ours);

}  // namespace assent::windows
