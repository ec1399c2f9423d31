#pragma once
// Sizes, fonts and colours as this person has set them: scaling, light or dark, high contrast.

#include <windows.h>

#include <optional>
#include <string>

#include "winlogon-shim/domain/rich_text.h"
#include "winlogon-shim/system/handle.h"

namespace assent::windows {

using Font = Handle<HFONT, DeleteObject>;
using Brush = Handle<HBRUSH, DeleteObject>;

class Look {
 public:
  // For a monitor with `dpi` dots an inch; 96 is 100 %.
  explicit Look(unsigned dpi);
  unsigned dpi() const { return dpi_; }
  int pixels(int at_100_percent) const { return MulDiv(at_100_percent, int(dpi_), 96); }
  HFONT text() const { return text_.get(); }
  HFONT heading() const { return heading_.get(); }
  HFONT small_heading() const { return small_heading_.get(); }  // of a long one
  bool is_dark() const { return is_dark_; }
  // Of the reading area; high contrast takes Windows' own.
  Colours colours() const;
  COLORREF ink() const { return ink_; }
  COLORREF paper() const { return paper_; }
  HBRUSH paper_brush() const { return paper_brush_.get(); }

 private:
  unsigned dpi_;
  bool is_dark_, is_high_contrast_;
  COLORREF ink_, paper_;
  Font text_, heading_, small_heading_;
  Brush paper_brush_;
};

// How high `text` is in lines of a width.
int height_of(const std::wstring& text, HFONT font, int width);

}  // namespace assent::windows
