#pragma once
// Templates filled with data, and the only place that sees the template library. What goes into a
// page is escaped, always: no template can ask for anything else (web_test holds them to it).

#include <string>
#include <string_view>

#include "core/base/value.h"

namespace assent::web {

// templates/`page`.html inside templates/layout.html. A section stands where its value is neither
// empty nor false; over an array, once for each item. Any thread.
std::string render(std::string_view page, const Value& data);

}  // namespace assent::web
