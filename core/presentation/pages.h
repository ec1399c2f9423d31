#pragma once
// Lays a document out as pages of text for a terminal or a display manager's message box. Pure;
// no page furniture says anything that the document does not, but for a closed list of words.

#include <string>
#include <vector>

#include "core/presentation/document.h"
#include "core/presentation/marks.h"

namespace assent {

struct PageStyle {
  int columns = 78;       // cells, at least 64
  int rows = 16;          // lines a page with its "Page 1 of 2", at least 4
  std::size_t bytes = 0;  // most bytes a page, 0 = no limit; at least 256
  int margin = 1;         // empty cells on the left, at most 4
  // Terminals: 78 x 16. Display managers (lightdm): 64 x 8, at most 420 bytes.
  static PageStyle terminal() { return {}; }
  static PageStyle display_manager() { return {64, 8, 420, 0}; }
};

// Lines end in LF. Every part begins a page; the first line of each says "Page k of n" in the
// document's language (English where we have no words). In a changed rule `*` stands around the
// words that went and those that came. marks[i] belongs to the i-th Changed rule, counted over
// all parts; missing or unfit marks mean that the rule is shown old and new, whole. The document
// must be one that to_canonical accepts; a style below its limits is taken as at them.
std::vector<std::string> to_pages(const Document& document,
                                  const std::vector<std::vector<Mark>>& marks,
                                  const PageStyle& style);

// The words of `text` (pages, or a document's text) in order, without white space, page furniture
// and marks: for the tests that hold every screen to the document. docs/presentation.md lists the
// furniture.
std::vector<std::string> words(std::string_view text);

}  // namespace assent
