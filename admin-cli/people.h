#pragma once
// What the files of the people group share. Inside admin-cli only.

#include <vector>

#include "admin-cli/verb.h"

namespace assent::cli {

std::vector<Verb> import_verbs();  // import
std::vector<Verb> roster_verbs();  // roster
std::vector<Verb> behalf_verbs();  // sign-for, sign-class, endorse, withdraw, link, unlink

}  // namespace assent::cli
