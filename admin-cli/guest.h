#pragma once
// What the files of the guest group share. Inside admin-cli only.

#include <vector>

#include "admin-cli/verb.h"

namespace assent::cli {

// approve, reject, extend, refuse-longer, suspend, resume, revoke, give-back
std::vector<Verb> guest_step_verbs();
Verb guest_print_verb();
Verb guest_pool_verb();

}  // namespace assent::cli
