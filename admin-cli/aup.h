#pragma once
// What the two files of the aup group share. Inside admin-cli only.

#include <vector>

#include "admin-cli/files.h"
#include "admin-cli/verb.h"
#include "core/base/value.h"

namespace assent::cli {

std::vector<Verb> local_aup_verbs();  // lint, preview

// --version, or the folder's highest; NotFound when there is no such folder.
Result<std::uint32_t> version_wanted(const Given& given, const PolicyFolder& folder);
// A message of core/policy with the folder before its file's name, so that editors can jump there.
std::string located(const PolicyFolder& folder, const std::string& message);

bool style_is_std(const Value& rendition);
// A diff of the service: "[-went-] {+came+}" where its marks fit the texts, else both texts whole.
std::string diff_text(const Value& diff);

}  // namespace assent::cli
