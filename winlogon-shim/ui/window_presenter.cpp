#include "winlogon-shim/ui/window_presenter.h"

namespace assent::windows {

void WindowPresenter::show(std::string_view text) {
  if (!shown_.empty()) shown_ += "\n\n";
  shown_ += text;
}

Result<gate::Word> WindowPresenter::choose(const Sheet& sheet) const {
  const auto chosen = show_sheet(sheet, options_);
  if (!chosen) return fail(Code::Corrupt, chosen.error().message);  // our fault, not the person's
  if (!*chosen) return fail(Code::Unavailable, "the person has left");
  return **chosen;
}

Result<gate::Word> WindowPresenter::present(const wire::AgentCheckReply& reply,
                                            const gate::Choices& choices) {
  pupil_ = gate::is_for_pupils(reply);
  ASSENT_TRY(const Sheet sheet, sheet_of(reply, choices));
  language_ = sheet.language;
  return choose(sheet);
}

Result<gate::Word> WindowPresenter::ask_add_on(const wire::AgentPart& part) {
  return choose(sheet_of(part, pupil_, language_));
}

}  // namespace assent::windows
