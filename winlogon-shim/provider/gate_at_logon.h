#pragma once
// The gate as the credential provider needs it: rules are shown over Windows' logon screen, before
// anybody knows whether the password is right. So an acceptance is pending until Windows says so.

#include <memory>
#include <string>

#include "core/base/result.h"

namespace assent::provider {

// As it was typed, in UTF-8: whose it is has not been proved.
struct Account {
  std::string domain;  // may be empty, or "." for this computer
  std::string login;   // never empty; may be alice@school.example

  bool operator==(const Account&) const = default;
};

struct Answered {
  bool let_in = false;
  std::string message;  // what the tile shows to whoever is kept out; may be empty
};

// One of these serves one tile: one question at a time, on the thread that made it. An exception
// from ask() lets the logon go on, and drops what may be pending.
class GateAtLogon {
 public:
  virtual ~GateAtLogon() = default;

  // Shows what is owed, if anything, in a window of its own that `owner_window` (a HWND, or null)
  // owns. Runs until there is an answer, within a bound of its own on every wait. After let_in an
  // acceptance may be pending, and exactly one of confirmed() and dropped() follows.
  virtual Answered ask(const Account& account, void* owner_window) = 0;

  // Windows logged on whom ask() was about: the acceptance counts. LogonUI may end just after
  // this returns, so what must not be lost is on disk by then.
  virtual void confirmed() = 0;

  // The password was wrong, or the tile went: nobody has accepted anything.
  virtual void dropped() = 0;
};

// Defined by each program for itself. When it fails, logons go on without a question: behind this
// optional screen stands the logon program, which asks within the session.
Result<std::unique_ptr<GateAtLogon>> make_gate();

}  // namespace assent::provider
