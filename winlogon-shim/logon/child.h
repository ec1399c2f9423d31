#pragma once
// The two processes of a logon: the one that Winlogon starts, and its child, which asks the person.
// The child tells by events, so that a crash or a hang of it says nothing.

#include <windows.h>

#include <string>
#include <vector>

#include "winlogon-shim/domain/watch.h"
#include "winlogon-shim/logon/program.h"

namespace assent::windows {

// What the child tells, and what it is told.
struct Signals {
  KernelHandle beat, desktop, provisional, leave;  // from the child, last but for beat
  KernelHandle started;                            // to the child: the desktop is there
};

// This program again, with `--ask`; it inherits the signals and nothing else.
class Child {
 public:
  static Result<Child> start();
  // The child's answer, or how it failed. Ends it where it hangs.
  Heard wait() const;
  // The desktop is there: the child tells the service, shows what is left to show, and ends.
  void go_on() const { SetEvent(signals_.started.get()); }

 private:
  Signals signals_;
  KernelHandle process_;
};

// In the child: from its command line, "--ask 1 2 3 4 5". Invalid: nobody of ours started this.
Result<Signals> inherited_signals(const std::vector<std::string>& arguments);

}  // namespace assent::windows
