#pragma once
// Where everything stands in a window, from its size alone.

#include <functional>
#include <vector>

#include "winlogon-shim/domain/sheet.h"

namespace assent::windows {

struct Box {  // pixels, within the window
  int x = 0, y = 0, width = 0, height = 0;
  friend bool operator==(const Box&, const Box&) = default;
};

struct SheetBoxes {
  Box heading, text, hint, confirm;  // empty where the sheet has no such
  std::vector<Box> choices;          // as Sheet::choices
  Box problem, leave;                // empty where the sheet has no such
};

// How high the heading is in a given width.
using HeadingHeight = std::function<int(int width)>;

// The rest of the height is for the text. Where the window is low for its scale (a small screen, or
// large text), heading and gaps shrink so that a third and more is left for reading. `dpi` is 96
// at 100 %.
SheetBoxes lay_out(const Sheet& sheet, int width, int height, int dpi,
                   const HeadingHeight& heading_height);

// A question may be left unanswered, by logging off; a notice has one way on.
inline bool is_question(const Sheet& sheet) {
  return sheet.choices.size() > 1;
}
inline bool must_be_read(const Sheet& sheet) {
  return !sheet.confirm.empty();
}

}  // namespace assent::windows
