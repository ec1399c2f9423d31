#pragma once
// The one style sheet of all pages.

#include <string>
#include <string_view>

namespace assent::web {

std::string_view style_sheet();
// Its address, with a part that changes when it does, so that browsers may keep it for ever.
inline constexpr std::string_view kStylePattern = "/style/{version}";
const std::string& style_version();
std::string style_path();

}  // namespace assent::web
