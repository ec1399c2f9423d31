#pragma once
// What the layout of every page is filled with. Inside service/web only.

#include "core/base/value.h"
#include "service/web/portal_pages.h"

namespace assent::web {

// `title` is a name of the texts. `keeps_place`: another language shows the same page again, not
// the first.
Object page_data(const Shell& shell, std::string_view title, bool keeps_place);

}  // namespace assent::web
