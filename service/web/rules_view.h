#pragma once
// A canonical document as the data of a template: the same words in the same order, with what a
// page may add (core/presentation/furniture.h) apart from them.

#include "core/base/value.h"
#include "core/presentation/document.h"
#include "core/presentation/marks.h"

namespace assent::web {

// `marks` as for to_pages(): the i-th is of the i-th changed rule; missing or unfit ones mark
// nothing.
Value rules_view(const Document& document, const std::vector<std::vector<Mark>>& marks);

}  // namespace assent::web
