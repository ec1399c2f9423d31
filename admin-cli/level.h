#pragma once
// The verbs of `assentctl level`, in two files: what somebody's level is, and how levels get into
// the filter's directory.

#include "admin-cli/verb.h"

namespace assent::cli {

std::vector<Verb> level_output_verbs();  // status, drift, reconcile

}  // namespace assent::cli
