#pragma once
// The words that people type at a login, and the lines that offer them. The policies' own words
// come from the gate; these are the program's, and the same on every host.

#include <initializer_list>
#include <string>
#include <string_view>

namespace assent::gate {

enum class Word : unsigned { Unreadable, Enter, Yes, Later, Help, No, Full };

// Exact words, in any case, with space around them: YES or AGREE, LATER, HELP, NO, ALL or FULL.
// A line of nothing but space is Enter. Anything else is Unreadable: never a guess.
Word read_word(std::string_view typed);

// Which words are understood at one prompt.
class Choices {
 public:
  Choices(std::initializer_list<Word> words) {
    for (const Word word : words) add(word);
  }
  void add(Word word) { bits_ |= 1u << static_cast<unsigned>(word); }
  bool has(Word word) const { return (bits_ >> static_cast<unsigned>(word) & 1u) != 0; }

 private:
  unsigned bits_ = 0;
};

inline constexpr std::size_t kPromptColumns = 60;  // the most that a prompt takes

// "Press Enter for page 2, or type HELP: "
std::string page_prompt(std::size_t next_page);
// The last page's prompt. `pupil`: the words for children and easy read.
std::string answer_prompt(const Choices& choices, bool pupil);
// What a word says, as a sentence in the first person: "I agree to these rules." For a BCP 47 tag;
// in English where there are no words for it.
std::string meaning_of(Word word, bool pupil, std::string_view later_until,
                       std::string_view language);
// One line for each word of `choices`, saying what it does, for a screen with room for it. In
// English, as the words are that people type.
std::string explain(const Choices& choices, bool pupil, std::string_view later_until);

}  // namespace assent::gate
