#pragma once
// The conversation's presenter on Windows: one window for everything that is owed.

#include <string>

#include "winlogon-shim/ui/sheet_window.h"

namespace assent::windows {

class WindowPresenter final : public gate::Presenter {
 public:
  explicit WindowPresenter(SheetOptions options) : options_(std::move(options)) {}
  // Kept for take_shown(): before the desktop is there, nothing is shown that waits for nothing.
  void show(std::string_view text) override;
  Result<gate::Word> present(const wire::AgentCheckReply& reply,
                             const gate::Choices& choices) override;
  Result<gate::Word> ask_add_on(const wire::AgentPart& part) override;

  // What show() was given, one paragraph each.
  std::string take_shown() { return std::move(shown_); }

 private:
  Result<gate::Word> choose(const Sheet& sheet) const;
  SheetOptions options_;
  bool pupil_ = false;
  std::string language_;  // of what was presented
  std::string shown_;
};

}  // namespace assent::windows
