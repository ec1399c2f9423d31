#pragma once
// `assentctl why`: one paragraph that ends the phone call. What the gate would say to this person
// now, their filtering level where the school has any, what they owe and since when, and what
// happens next.

#include "service/app/registry.h"

namespace assent {

struct Explanation {
  Decision decision;
  std::shared_ptr<const Audience> audience;
  std::string text;  // the paragraph, lines parted by LF
  std::string next;  // what happens next, one sentence
};

// Pure but for the calendar, which shows times. The decision's pointers live with `catalogue`.
Explanation explain(const PersonRow& person, const Facts& facts, const School& school,
                    std::shared_ptr<const Audience> audience, const Catalogue& catalogue,
                    const Calendar& calendar, Time now);

std::string_view to_text(Reason reason);  // "owes", "up-to-date", … for JSON
std::string_view to_text(Why why);        // "first-time", "amended", …

}  // namespace assent
