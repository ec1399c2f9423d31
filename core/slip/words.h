#pragma once
// What a slip says, in the order in which it is read: both kinds of sheet draw these words. Every
// text has become safe here. Inside core/slip only.

#include "core/slip/slip.h"

namespace assent {

struct SlipRow {
  std::string label, text;
};

struct SlipWords {
  std::string school, kind, name;
  std::vector<SlipRow> stay;       // until when, and who answers for them
  std::vector<std::string> steps;  // what the guest does, in order; numbered where they are drawn
  SlipRow code;                    // typed on the portal
  std::vector<SlipRow> login;      // for workstations, and for networks that ask for a name
  std::string rules, help;
};
SlipWords words_of(const SlipPlace& place, const Slip& slip);

std::string sheet_title(const SlipPlace& place);

// What a phone reads, and what stands below it.
struct SlipCode {
  std::string caption, content;
};
std::vector<SlipCode> phone_codes(const SlipPlace& place);

}  // namespace assent
