#pragma once
// The answers to what waits for a second person: verbs without a noun. Inside admin-cli only.

#include "admin-cli/verb.h"

namespace assent::cli {

Verb approve_verb();
Verb reject_verb();

}  // namespace assent::cli
