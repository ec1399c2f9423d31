#pragma once
// Shows a Sheet and waits for a choice: our own window, with everything in it within reach of the
// keyboard alone and of a screen reader.

#include <functional>
#include <optional>

#include "winlogon-shim/domain/sheet.h"

namespace assent::windows {

struct SheetOptions {
  void* owner = nullptr;            // HWND that this stands before, or none
  std::function<void()> alive;      // called every second while the window answers
  std::chrono::seconds patience{};  // of a notice: it goes by itself; 0: never
  std::chrono::seconds idle{};      // of a question that nobody touches: left unanswered; 0: never
};

// What was chosen. Nothing: the person wants to be logged off, or Windows ends the session.
// Unavailable: no window could be made.
Result<std::optional<gate::Word>> show_sheet(const Sheet& sheet, const SheetOptions& options);

}  // namespace assent::windows
