#pragma once
// What only a process has, for verbs that watch something for a while. main.cpp gives the real one,
// tests one that does not wait.

#include <functional>
#include <string>

#include "core/base/time.h"
#include "core/client/page_look.h"

namespace assent::cli {

struct World {
  std::function<Result<PageLook>(const PageView&)> look;
  // A line typed at the terminal, which does not show it. Denied where there is no terminal.
  std::function<Result<std::string>(const std::string& prompt)> ask_secret;
  std::function<milliseconds()> elapsed;  // since the start; never goes back
  std::function<void(milliseconds)> wait;
  std::function<Time()> now;
};

}  // namespace assent::cli
