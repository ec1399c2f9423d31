#include "core/gate/words.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/base/language.h"

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

struct ForEach {
  std::string_view adult, pupil;
};
struct Meanings {
  std::string_view language;  // primary subtag
  std::string_view carry_on;
  ForEach yes;
  std::string_view later, until, full;  // a time follows `until`
  ForEach help, no;
};
constexpr Meanings kMeanings[] = {
    {"en",
     "Carry on. You accept what is shown.",
     {"I agree to these rules.", "I understand. I will try my best."},
     "Ask me again next time.",
     "Ask me again. This works until ",
     "Show me every rule.",
     {"I have a question. I can log in today.",
      "I want someone to read it with me. I can log in today."},
     {"I do not agree. Somebody will talk to me about it.",
      "I do not want to say yes. A teacher will talk to me."}},
    {"cy",
     "Ymlaen. Rydych yn derbyn yr hyn a ddangosir.",
     {"Rwy'n cytuno â'r rheolau hyn.", "Rwy'n deall. Byddaf yn gwneud fy ngorau."},
     "Gofynnwch i mi eto y tro nesaf.",
     "Gofynnwch i mi eto. Mae hyn yn gweithio tan ",
     "Dangoswch bob rheol i mi.",
     {"Mae gen i gwestiwn. Gallaf fewngofnodi heddiw.",
      "Rwyf am i rywun ei ddarllen gyda mi. Gallaf fewngofnodi heddiw."},
     {"Nid wyf yn cytuno. Bydd rhywun yn siarad â mi am y peth.",
      "Nid wyf am ddweud ie. Bydd athro'n siarad â mi."}},
};

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

std::string meaning_of(Word word, bool pupil, std::string_view later_until,
                       std::string_view language) {
  const auto* found = std::ranges::find(kMeanings, primary_subtag(language), &Meanings::language);
  const Meanings& says = found == std::end(kMeanings) ? kMeanings[0] : *found;
  const auto one_of = [&](const ForEach& each) {
    return std::string(pupil ? each.pupil : each.adult);
  };
  switch (word) {
    case Word::Enter: return std::string(says.carry_on);
    case Word::Yes: return one_of(says.yes);
    case Word::Later:
      if (later_until.empty()) return std::string(says.later);
      return std::string(says.until) + std::string(later_until) + ".";
    case Word::Full: return std::string(says.full);
    case Word::Help: return one_of(says.help);
    case Word::No: return one_of(says.no);
    case Word::Unreadable: break;
  }
  return "";
}

std::string explain(const Choices& choices, bool pupil, std::string_view later_until) {
  const auto meaning = [&](Word word) { return meaning_of(word, pupil, later_until, "en"); };
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
