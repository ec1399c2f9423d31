#pragma once
// What one window says and offers. The window itself (winlogon-shim/ui) knows no policy.

#include <string>
#include <vector>

#include "core/gate/presenter.h"
#include "core/presentation/passages.h"

namespace assent::windows {

struct Choice {
  gate::Word word;
  std::string text;            // on the button
  bool after_reading = false;  // not before the text was read to its end and said to be
};

struct Sheet {
  std::string language;         // of the window's own words
  std::string title;            // of the window
  std::string heading;          // large, above the text: whose rules these are
  std::vector<PartText> parts;  // what is to be read
  std::string confirm;          // beside the box to tick; empty: there is none
  std::string problem;          // what to tell the ICT team; empty: there is no such button
  std::vector<Choice> choices;  // from top to bottom; the first is the main one
};

// Corrupt unless `reply` holds a document for a window, and it is the one that its hash names.
Result<Sheet> sheet_of(const wire::AgentCheckReply& reply, const gate::Choices& choices);
// One add-on, by itself, in the language of the document before.
Sheet sheet_of(const wire::AgentPart& part, bool pupil, const std::string& language);
// A notice with one way on, such as "Log off".
Sheet notice(const std::string& text, std::string way_on, const std::string& language);

}  // namespace assent::windows
