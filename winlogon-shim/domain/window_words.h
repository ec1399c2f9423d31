#pragma once
// What the window says by itself, in the language of what is read in it. The sentences on its
// buttons are core/gate's.

#include <string_view>

namespace assent::windows {

struct WindowWords {
  std::string_view language;  // primary subtag
  std::string_view title, confirm, confirm_pupil;
  std::string_view hint, read_hint;  // before and after the end was seen
  std::string_view leave, report;
  std::string_view tell, computer, time, code, go_back;  // of what a problem is reported with
};

// For a BCP 47 tag; English where there are none.
const WindowWords& window_words(std::string_view language);

}  // namespace assent::windows
