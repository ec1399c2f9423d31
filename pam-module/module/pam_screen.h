#pragma once
// The conversation's screen over PAM's conversation function. On a terminal text stays and comes in
// messages of at most 500 bytes; a display manager shows only its newest message, so a page and
// its instruction go out as one (facts about each host: README.md beside the module).

#include <security/pam_modules.h>

#include "core/gate/conversation.h"

namespace assent::pam {

class PamScreen final : public gate::Screen {
 public:
  PamScreen(pam_handle_t* handle, wire::ScreenKind kind) : handle_(handle), kind_(kind) {}

  void show(std::string_view text) override;
  void show_error(std::string_view text);
  Result<std::string> ask(std::string_view page, std::string_view prompt) override;
  bool keeps_text() const override { return kind_ == wire::ScreenKind::Terminal; }

 private:
  Result<std::string> prompt(const std::string& text);

  pam_handle_t* handle_;
  wire::ScreenKind kind_;
};

// `text` in pieces of at most `max` bytes, cut at line ends where possible, else between
// characters. The line end at a cut is left out: each message is a line of its own.
std::vector<std::string> messages_of(std::string_view text, std::size_t max);

}  // namespace assent::pam
