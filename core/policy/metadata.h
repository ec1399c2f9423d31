#pragma once
// policy.toml and version.toml: who owns a policy, who approved a version, and when it counts.

#include <string_view>

#include "core/policy/policy.h"

namespace assent {

// Each fills its part of `version`. Invalid names the file, the line and what to do.
Status read_policy_toml(std::string_view toml, std::string_view path, PolicyVersion& version);
Status read_version_toml(std::string_view toml, std::string_view path, PolicyVersion& version);

// Denied unless the version names its next review and has every approval that it asks for.
Status check_approved(const PolicyVersion& version);

}  // namespace assent
