#pragma once
// From words to a verb and what was given to it, by the tables. The only place that knows CLI11.

#include <string>
#include <vector>

#include "admin-cli/verb.h"

namespace assent::cli {

struct CommandLine {
  const Verb* verb = nullptr;  // null: nothing to run; say `text` and exit
  Given given;                 // by the names of the tables
  std::string text;            // help, or what is wrong
  Exit exit = Exit::Done;
};

// `words` without the program's name. The verbs found point into `groups`.
CommandLine parse_command_line(std::vector<std::string> words, const std::vector<Group>& groups);

}  // namespace assent::cli
