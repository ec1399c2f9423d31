#pragma once
// Templates filled with data, and the only place that sees the template library. What goes into a
// page is escaped, always: no template can ask for anything else (web_test holds them to it).

#include <string>
#include <string_view>

#include "core/base/value.h"
#include "service/web/texts.h"

namespace assent::web {

// templates/`page`.html in that language, inside templates/layout.html. A section stands where its
// value is neither empty nor false; over an array, once for each item. Any thread. `part` stands
// where the page has {{> part}}.
std::string render(std::string_view page, const Texts& texts, const Value& data,
                   std::string_view part = "");

// templates/parts/`name`.html alone: what many pages have in common, made once.
std::string render_part(std::string_view name, const Value& data);

}  // namespace assent::web
