#pragma once
// application/problem+json (RFC 9457): how the service says no.

#include <string>

#include "core/base/value.h"

namespace assent::wire {

struct Problem {
  std::string type;    // "urn:assent:" + a word, such as urn:assent:overtaken
  std::string title;   // the same for every problem of the type
  int status = 500;    // HTTP
  std::string detail;  // this time: what happened, and what to do
  Value extra;         // an Object of more members, such as "presentation"; may be null
};
std::string to_json(const Problem& problem);
Result<Problem> parse_problem(std::string_view json);

}  // namespace assent::wire
