#pragma once
// Windows' text. Everything of ours is UTF-8; what goes to Windows, and comes from it, is UTF-16.

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace assent::windows {

// Invalid for what is no UTF-8.
Result<std::wstring> to_utf16(std::string_view text);
// What is no UTF-16 (Windows allows it in names) becomes U+FFFD.
std::string to_utf8(std::wstring_view text);

}  // namespace assent::windows
