#pragma once
// A canonical document as the data of a template: the same words in the same order, with what a
// page may add (core/presentation/furniture.h) apart from them.

#include <memory>

#include "core/base/value.h"
#include "core/presentation/document.h"
#include "core/presentation/marks.h"

namespace assent::web {

// `marks` as for to_pages(): the i-th is of the i-th changed rule; missing or unfit ones mark
// nothing.
Value rules_view(const Document& document, const std::vector<std::vector<Mark>>& marks);

// The same as the part of a page. `hash` is the document's: who is shown the same is given the
// same, made once; empty: made anew. Any thread.
std::shared_ptr<const std::string> rules_html(const Document& document,
                                              const std::vector<std::vector<Mark>>& marks,
                                              std::string_view hash);

}  // namespace assent::web
