#pragma once
// utf8proc's mapping as a Result, for the files of this folder only.

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace assent {

// `options` are utf8proc's flags. Invalid if `text` is not UTF-8 or over UnicodeLimits::kText.
Result<std::string> map_text(std::string_view text, int options);

}  // namespace assent
