#include "winlogon-shim/domain/sheet_layout.h"

#include <algorithm>

namespace assent::windows {
namespace {

constexpr int kFullDpi = 96;
constexpr int kLowWindow = 600;  // at 100 %: below this, everything but the text is smaller

struct Sizes {
  int margin, gap, button, line, heading;
};
// Pixels at 100 %. A button has room for two lines of its text.
constexpr Sizes kRoomy{20, 8, 42, 24, 40}, kTight{8, 4, 42, 22, 28};

Sizes scaled(const Sizes& at_full, int dpi) {
  const auto scale = [dpi](int pixels) { return pixels * dpi / kFullDpi; };
  return {scale(at_full.margin), scale(at_full.gap), scale(at_full.button), scale(at_full.line),
          scale(at_full.heading)};
}

// Takes rows off the lower end of what is left.
class FromBelow {
 public:
  FromBelow(int width, int height, const Sizes& sizes)
      : sizes_(sizes), width_(width - 2 * sizes.margin), bottom_(height - sizes.margin) {}

  std::vector<Box> row(int columns, int height) {
    const int each = (width_ - (columns - 1) * sizes_.gap) / columns;
    bottom_ -= height;
    std::vector<Box> boxes;
    for (int i = 0; i < columns; ++i)
      boxes.push_back({sizes_.margin + i * (each + sizes_.gap), bottom_, each, height});
    bottom_ -= sizes_.gap;
    return boxes;
  }
  Box rest(int top) const { return {sizes_.margin, top, width_, std::max(bottom_ - top, 0)}; }

 private:
  const Sizes& sizes_;
  int width_, bottom_;
};

// The main choice has a row of its own; of the others, two share one.
std::vector<Box> choice_boxes(FromBelow& below, std::size_t count, int height) {
  std::vector<Box> from_the_end;
  const std::size_t others = count - 1;
  for (std::size_t left = others; left > 0;) {
    const std::size_t columns = left % 2 == 0 ? 2 : 1;
    const auto row = below.row(int(columns), height);
    from_the_end.insert(from_the_end.end(), row.rbegin(), row.rend());
    left -= columns;
  }
  from_the_end.push_back(below.row(1, height).front());
  return {from_the_end.rbegin(), from_the_end.rend()};
}

}  // namespace

SheetBoxes lay_out(const Sheet& sheet, int width, int height, int dpi,
                   const HeadingHeight& heading_height) {
  const bool is_low = must_be_read(sheet) && height * kFullDpi / dpi < kLowWindow;
  const Sizes sizes = scaled(is_low ? kTight : kRoomy, dpi);
  FromBelow below(width, height, sizes);
  SheetBoxes boxes;
  if (is_question(sheet)) {
    const auto last = below.row(sheet.problem.empty() ? 1 : 2, sizes.button);
    boxes.leave = last.back();
    if (!sheet.problem.empty()) boxes.problem = last.front();
  }
  boxes.choices = choice_boxes(below, sheet.choices.size(), sizes.button);
  if (must_be_read(sheet)) {
    boxes.confirm = below.row(1, sizes.line).front();
    boxes.hint = below.row(1, sizes.line).front();
  }
  int top = sizes.margin;
  if (!sheet.heading.empty()) {
    const int room = width - 2 * sizes.margin;
    boxes.heading = {sizes.margin, top, room, std::max(sizes.heading, heading_height(room))};
    top += boxes.heading.height;
  }
  boxes.text = below.rest(top);
  return boxes;
}

}  // namespace assent::windows
