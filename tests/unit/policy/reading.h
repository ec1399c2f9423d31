#pragma once
// How hard a text is to read, for the tests of content/aup. English only, and near enough: within
// about one grade of GNU style.

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace assent::test {

struct Reading {
  int sentences = 0, words = 0, syllables = 0, longest = 0;  // longest sentence, in words

  // Flesch-Kincaid school grade.
  double grade() const {
    if (sentences == 0) return 0;
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
  }
};

inline bool is_vowel(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

// Runs of vowels, without a silent e at the end.
inline int syllables(std::string_view word) {
  int count = 0;
  for (std::size_t i = 0; i < word.size(); ++i)
    count += is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]));
  if (word.ends_with('e') && !word.ends_with("le")) --count;
  return std::max(count, 1);
}

class ReadingCounter {
 public:
  void add(std::string_view text) {
    for (const char c : text) add_letter(c);
    end_sentence();
  }
  Reading result() const { return out_; }

 private:
  void add_letter(char c) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalpha(letter)) {
      word_ += static_cast<char>(std::tolower(letter));
    } else if (c != '\'' && c != '-') {
      end_word();
    }
    if (std::string_view(".!?:;").find(c) != std::string_view::npos) end_sentence();
  }
  void end_word() {
    if (word_.empty()) return;
    ++in_sentence_;
    ++out_.words;
    out_.syllables += syllables(word_);
    word_.clear();
  }
  void end_sentence() {
    end_word();
    out_.sentences += in_sentence_ > 0;
    out_.longest = std::max(out_.longest, in_sentence_);
    in_sentence_ = 0;
  }

  Reading out_;
  std::string word_;
  int in_sentence_ = 0;
};

}  // namespace assent::test
