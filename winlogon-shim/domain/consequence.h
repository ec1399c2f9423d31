#pragma once
// What follows for the person from how the conversation ended.

#include <string>

#include "core/gate/conversation.h"
#include "winlogon-shim/domain/settings.h"

namespace assent::windows {

struct Consequence {
  bool desktop = false;      // they get it; else they are logged off
  bool provisional = false;  // nobody could say whether they may: asked again until somebody can
  std::string notice;        // to read before they are logged off; empty: they know why
};
Consequence consequence_of(const gate::Outcome& outcome, const Settings& settings);

// Where our own program failed, and nobody is there to ask.
Consequence consequence_of_fault(const Settings& settings);
// An account of the machine itself, or of another school's domain, where those are kept out.
Consequence consequence_for_local(const Settings& settings);

}  // namespace assent::windows
