#include "core/gate/screen.h"

#include "core/base/text.h"

namespace assent::gate {
namespace {

constexpr int kTries = 3;       // unreadable answers at one prompt, then the login ends
constexpr int kRuleWidth = 77;  // dashes under the school's name, as wide as a page

constexpr std::string_view kSorry = "Please type one of these words.";

// Whose rules these are, above the first page; a message box has no room for it.
std::string heading(const wire::AgentCheckReply& reply, bool keeps_text) {
  if (!keeps_text || reply.school.empty()) return "";
  return " " + one_line(reply.school) + "\n " + std::string(kRuleWidth, '-') + "\n";
}

// What may be typed before the last page: whatever needs no reading first.
Choices on_the_way(const Choices& at_the_end) {
  Choices choices{Word::Enter};
  for (const Word word : {Word::Help, Word::Later, Word::Full})
    if (at_the_end.has(word)) choices.add(word);
  return choices;
}

}  // namespace

Result<Word> PagedPresenter::present(const wire::AgentCheckReply& reply, const Choices& choices) {
  if (reply.pages.empty()) return fail(Code::Corrupt, "the gate sent no pages");
  const std::string top = heading(reply, screen_.keeps_text());
  const std::size_t last = reply.pages.size() - 1;
  for (std::size_t page = 0; page < last; ++page) {
    ASSENT_TRY(const Word word, hear((page == 0 ? top : "") + terminal_safe(reply.pages[page]),
                                     page_prompt(page + 2), on_the_way(choices)));
    if (word != Word::Enter) return word;
  }
  const bool pupil = is_for_pupils(reply);
  std::string text = (last == 0 ? top : "") + terminal_safe(reply.pages[last]);
  if (screen_.keeps_text()) text += "\n\n" + explain(choices, pupil, one_line(reply.later_until));
  return hear(text, answer_prompt(choices, pupil), choices);
}

Result<Word> PagedPresenter::ask_add_on(const wire::AgentPart& part) {
  const std::string text = terminal_safe(part.title) + "\n\n" + terminal_safe(part.ask) + "\n";
  return hear(text, "Type YES, HELP or NO: ", {Word::Yes, Word::Help, Word::No});
}

// Denied only at the first prompt of the login: a host that has asked once can ask.
Result<Word> PagedPresenter::hear(const std::string& page, const std::string& prompt,
                                  const Choices& choices) {
  std::string text = page;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const auto typed = screen_.ask(text, prompt);
    if (!typed) return fail(has_asked_ ? Code::Unavailable : typed.error().code, "no answer");
    has_asked_ = true;
    const Word word = read_word(*typed);
    if (choices.has(word)) return word;
    text = screen_.keeps_text() ? std::string(kSorry) : page + "\n" + std::string(kSorry);
  }
  return fail(Code::Unavailable, "no readable answer");
}

}  // namespace assent::gate
