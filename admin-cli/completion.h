#pragma once
// Completion scripts for shells, made from the verb tables.

#include <string>

#include "admin-cli/verb.h"

namespace assent::cli {

// `shell` is bash, zsh or fish; empty for another.
std::string completion_for(std::string_view shell, const std::vector<Group>& groups);

}  // namespace assent::cli
