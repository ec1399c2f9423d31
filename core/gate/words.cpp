#include "core/gate/words.h"

#include <array>
#include <utility>
#include <vector>

namespace assent::gate {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";

std::string trimmed_upper(std::string_view typed) {
  const auto first = typed.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return "";
  std::string word(typed.substr(first, typed.find_last_not_of(kSpace) - first + 1));
  for (char& letter : word)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  return word;
}

// "YES, HELP or NO"
std::string listed(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out;
}

std::string line(std::string_view word, std::string_view meaning) {
  constexpr std::size_t kColumn = 8;
  std::string out = "   " + std::string(word);
  out.resize(3 + kColumn, ' ');
  return out + std::string(meaning) + "\n";
}

}  // namespace

Word read_word(std::string_view typed) {
  static constexpr std::array<std::pair<std::string_view, Word>, 8> kWords{{
      {"", Word::Enter},
      {"YES", Word::Yes},
      {"AGREE", Word::Yes},
      {"LATER", Word::Later},
      {"HELP", Word::Help},
      {"NO", Word::No},
      {"ALL", Word::Full},
      {"FULL", Word::Full},
  }};
  const std::string word = trimmed_upper(typed);
  for (const auto& [spelling, meaning] : kWords)
    if (word == spelling) return meaning;
  return Word::Unreadable;
}

std::string page_prompt(std::size_t next_page) {
  return "Press Enter for page " + std::to_string(next_page) + ", or type HELP: ";
}

std::string answer_prompt(const Choices& choices, bool pupil) {
  std::vector<std::string_view> words;
  if (!choices.has(Word::Enter) && choices.has(Word::Yes)) words.push_back(pupil ? "YES" : "AGREE");
  if (choices.has(Word::Later)) words.push_back("LATER");
  if (choices.has(Word::Full)) words.push_back("ALL");
  if (choices.has(Word::Help)) words.push_back("HELP");
  if (choices.has(Word::No)) words.push_back("NO");
  const std::string_view enter =
      choices.has(Word::Enter) ? "Press Enter to carry on, or type " : "Type ";
  return std::string(enter) + listed(words) + ": ";
}

std::string meaning_of(Word word, bool pupil, std::string_view later_until) {
  switch (word) {
    case Word::Enter: return "Carry on. You accept what is shown.";
    case Word::Yes: return pupil ? "I understand. I will try my best." : "I agree to these rules.";
    case Word::Later:
      return later_until.empty()
                 ? "Ask me again next time."
                 : "Ask me again. This works until " + std::string(later_until) + ".";
    case Word::Full: return "Show me every rule.";
    case Word::Help:
      return pupil ? "I want someone to read it with me. I can log in today."
                   : "I have a question. I can log in today.";
    case Word::No:
      return pupil ? "I do not want to say yes. A teacher will talk to me."
                   : "I do not agree. Somebody will talk to me about it.";
    case Word::Unreadable: break;
  }
  return "";
}

std::string explain(const Choices& choices, bool pupil, std::string_view later_until) {
  const auto meaning = [&](Word word) { return meaning_of(word, pupil, later_until); };
  std::string out;
  if (choices.has(Word::Enter))
    out += line("Enter", meaning(Word::Enter));
  else if (choices.has(Word::Yes))
    out += line(pupil ? "YES" : "AGREE", meaning(Word::Yes));
  if (choices.has(Word::Later)) out += line("LATER", meaning(Word::Later));
  if (choices.has(Word::Full)) out += line("ALL", meaning(Word::Full));
  if (choices.has(Word::Help)) out += line("HELP", meaning(Word::Help));
  if (choices.has(Word::No)) out += line("NO", meaning(Word::No));
  return out;
}

}  // namespace assent::gate
