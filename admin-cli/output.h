#pragma once
// Where words go. Nothing reaches a terminal that could command it: every text passes
// terminal_safe() here, wherever it came from.

#include <ostream>
#include <string>
#include <string_view>

#include "core/base/value.h"

namespace assent::cli {

class Output {
 public:
  // `progress` says that standard error is a terminal. The streams must outlive it.
  Output(std::ostream& out, std::ostream& err, bool progress)
      : out_(out), err_(err), progress_(progress) {}

  void say(std::string_view text);   // to standard output, as it is: give line ends yourself
  void line(std::string_view text);  // one line, LF added
  void warn(std::string_view text);  // one line to standard error
  // One document on one line; what a terminal might obey is escaped, which changes no value.
  void json(const Value& value);

  // A bar that is drawn over itself; nothing unless standard error is a terminal.
  void progress(std::string_view what, std::size_t done, std::size_t of);
  void end_progress();

 private:
  std::ostream& out_;
  std::ostream& err_;
  bool progress_;
  bool drawn_ = false;
};

}  // namespace assent::cli
