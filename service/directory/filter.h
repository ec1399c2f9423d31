#pragma once
// Search filters (RFC 4515) built from text by others. Pure.

#include <string>
#include <string_view>

namespace assent::directory {

// `value` as it may stand in a filter: every byte but letters, digits, space, '-', '.', '_', '@',
// ',' and '=' becomes \xx. So no login or name can be more than a value.
std::string escaped(std::string_view value);
// "(attribute=value)" with the value escaped; `attribute` is ours or from the configuration.
std::string equals(std::string_view attribute, std::string_view value);
// "(&(one)(other))" of two filters.
std::string both(std::string_view one, std::string_view other);

}  // namespace assent::directory
