#pragma once
// What changed for this person: rule by rule between the version that they last accepted and the
// current one, whatever lies between.

#include "core/presentation/document.h"
#include "core/presentation/marks.h"
#include "service/domain/gate.h"

namespace assent {

struct Presentation {
  Document document;
  std::vector<std::vector<Mark>> marks;  // one for each Changed rule, in order
};

// The rules of `to` against those of `from`, in the order of `to`, then what was removed in the
// order of `from`. Rules whose text is equal are left out and counted in `unchanged`: a new heading
// or place alone changes no rule.
std::vector<DocumentRule> amend(const Rendition& from, const Rendition& to,
                                std::uint32_t& unchanged);

// The document for what is owed; never empty unless `owed` is. `full` shows whole texts even where
// an amendment would do. An amendment whose older version has no rendition in that language and
// band is shown in full. Why it changed is said for every version missed, as far as there is room.
// The document's language and style are those of its first part's rendition, which may not be
// those asked for. Pure function of its arguments.
Presentation present(const std::vector<Owed>& owed, std::string_view language, Style style,
                     std::string_view school_language, bool full);

}  // namespace assent
