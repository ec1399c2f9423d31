#pragma once
// Where the rules are read: a RichEdit that shows, scrolls and lets text be copied, and takes
// neither Tab nor Enter away from the window.

#include <windows.h>

#include <string>

namespace assent::windows {

class ReadingArea {
 public:
  // False where Windows has no RichEdit 4.1 (msftedit.dll).
  bool create(HWND parent, int id);
  HWND window() const { return window_; }
  // False where nothing of it can be seen: nobody has read anything then.
  bool show(const std::string& rich_text, COLORREF paper);
  // True if the last line is in sight, or the caret stands behind it: a screen reader moves that.
  bool is_at_end() const;

 private:
  HWND window_ = nullptr;
};

}  // namespace assent::windows
