#pragma once
// The verbs of `assentctl level`, in three files: what somebody's level is, how levels get into the
// filter's directory, and how long the filter takes to see them there.

#include "admin-cli/verb.h"

namespace assent::cli {

std::vector<Verb> level_output_verbs();       // status, drift, reconcile
Result<Exit> probe_filter(Context& context);  // level drift --probe

}  // namespace assent::cli
