#pragma once
// The checks of a Markdown file that must come before a Markdown parser sees it, because the
// parser would silently repair or drop what they find.

#include <string_view>

#include "core/base/result.h"

namespace assent {

// `markdown` without a byte order mark. Invalid, with `path` and line, on text that is not UTF-8,
// control and bidi characters, link definitions, and files over PolicyLimits::kFile.
Result<std::string_view> check_source(std::string_view markdown, std::string_view path);

}  // namespace assent
