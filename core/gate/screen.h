#pragma once
// A host where text is shown and lines are typed, such as PAM, and the presenter that needs no
// more.

#include <string>
#include <string_view>

#include "core/gate/presenter.h"

namespace assent::gate {

// Every text given to it is already terminal-safe.
class Screen {
 public:
  virtual ~Screen() = default;
  // Shows `text` and waits for nothing. A host that cannot show it may drop it.
  virtual void show(std::string_view text) = 0;
  // Shows `page` (may be empty), then the one-line `prompt`, and returns the line typed.
  // Denied: this host cannot ask anything. Unavailable: the person or the connection is gone.
  virtual Result<std::string> ask(std::string_view page, std::string_view prompt) = 0;
  // False where each text replaces the one before, as in a display manager's message box.
  virtual bool keeps_text() const = 0;
};

// AgentCheckReply::pages one after the other. Three unreadable lines at one prompt are no answer.
class PagedPresenter final : public Presenter {
 public:
  explicit PagedPresenter(Screen& screen) : screen_(screen) {}
  void show(std::string_view text) override { screen_.show(text); }
  Result<Word> present(const wire::AgentCheckReply& reply, const Choices& choices) override;
  Result<Word> ask_add_on(const wire::AgentPart& part) override;

 private:
  Result<Word> hear(const std::string& page, const std::string& prompt, const Choices& choices);

  Screen& screen_;
  bool has_asked_ = false;
};

}  // namespace assent::gate
