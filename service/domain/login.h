#pragma once
// One spelling for every way to write a login name, so that capitals, a realm or full-width letters
// never make a known person an unknown one. Which school it is comes from the device, not from
// here.

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace assent {

struct LoginParts {
  std::string realm;  // "SCHOOL" of SCHOOL\jsmith, "school.example" of jsmith@school.example
  std::string name;   // as written
};

// Invalid for an empty name or realm, and where there is more than one '\' or '@' together: such
// a text could be read as two people. Views nothing: the parts are copies.
Result<LoginParts> split_login(std::string_view text);

// The name without its realm, folded (core/unicode fold_login): what PersonRow::login holds and
// what a look-up asks for. Invalid or Denied with the reason.
Result<std::string> canonical_login(std::string_view text);

}  // namespace assent
