#pragma once
// Lays a document out as pages of text for a terminal or a display manager's message box. Pure;
// no page furniture says anything that the document does not, but for a closed list of words.

#include <string>
#include <vector>

#include "core/presentation/document.h"
#include "core/presentation/marks.h"

namespace assent {

struct PageStyle {
  int columns = 78;       // cells
  int rows = 16;          // lines of text a page
  std::size_t bytes = 0;  // most bytes a page, 0 = no limit
  // Terminals: 78 x 16. Display managers (lightdm): 64 x 8, at most 420 bytes.
  static PageStyle terminal() { return {}; }
  static PageStyle display_manager() { return {64, 8, 420}; }
};

// marks[i] belongs to the i-th Changed rule, counted over all parts; missing or unfit marks mean
// that the rule is shown old and new, whole.
std::vector<std::string> to_pages(const Document& document,
                                  const std::vector<std::vector<Mark>>& marks,
                                  const PageStyle& style);

// The words of `text` in order, without white space, page furniture and marks: for the tests that
// hold every screen to the document.
std::vector<std::string> words(std::string_view text);

}  // namespace assent
