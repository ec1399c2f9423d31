// The list that passphrases are drawn from: plain, polite, and no word that is easily taken for
// another. The tool that makes it promises the same; this holds what is in the repository to it.
#include "service/domain/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace assent {
namespace {

TEST(PassphraseWords, AreSortedAndOfThreeToEightLetters) {
  const auto words = passphrase_words();
  EXPECT_TRUE(std::ranges::is_sorted(words));
  EXPECT_EQ(std::ranges::adjacent_find(words), words.end());
  for (const std::string_view word : words) {
    EXPECT_TRUE(word.size() >= 3 && word.size() <= 8) << word;
    EXPECT_TRUE(std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; })) << word;
  }
}

TEST(PassphraseWords, AreEnoughForFiftyBitsInFour) {
  EXPECT_GE(passphrase_words().size(), 5793u);
  EXPECT_LE(passphrase_words().size(), 8192u);
}

// In a sorted list, a word that begins another stands right before one that it begins.
TEST(PassphraseWords, NoneBeginsAnother) {
  const auto words = passphrase_words();
  for (std::size_t i = 1; i < words.size(); ++i)
    EXPECT_FALSE(words[i].starts_with(words[i - 1])) << words[i - 1] << " begins " << words[i];
}

// A letter changed: both lose the same letter's place. A letter left out: one is the other's rest.
TEST(PassphraseWords, NoneIsOneSlipAwayFromAnother) {
  std::map<std::string, std::string_view> seen;
  const auto claim = [&](const std::string& shape, std::string_view word) {
    const auto [at, fresh] = seen.emplace(shape, word);
    EXPECT_TRUE(fresh || at->second == word) << word << " is close to " << at->second;
  };
  for (const std::string_view word : passphrase_words()) {
    const std::string whole(word);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      claim(whole.substr(0, i) + "?" + whole.substr(i + 1), word);
      const std::string shorter = whole.substr(0, i) + whole.substr(i + 1);
      EXPECT_FALSE(std::ranges::binary_search(passphrase_words(), std::string_view(shorter)))
          << whole << " is close to " << shorter;
    }
  }
}

// The entry of refused.txt that `word` falls under; empty: none does.
std::string refused_by(const std::set<std::string>& entries, const std::string& word) {
  std::vector<std::string> under{"=" + word};
  for (std::size_t from = 0; from < word.size(); ++from)
    for (std::size_t length = 1; from + length <= word.size(); ++length)
      under.push_back((from == 0 ? "" : "*") + word.substr(from, length));
  for (std::size_t length = 1; length <= word.size(); ++length)
    under.push_back("*" + word.substr(0, length));
  const auto found =
      std::ranges::find_if(under, [&](auto& each) { return entries.contains(each); });
  return found == under.end() ? "" : *found;
}

TEST(PassphraseWords, NoneIsOneThatASchoolWouldNotReadOut) {
  std::ifstream file(std::string(ASSENT_SOURCE_DIR) + "/tools/words/refused.txt");
  std::set<std::string> entries;
  for (std::string line; std::getline(file, line);) entries.insert(line);
  ASSERT_GT(entries.size(), 500u);
  for (const char* word : {"killer", "shitake", "war"}) EXPECT_NE(refused_by(entries, word), "");
  for (const std::string_view word : passphrase_words())
    EXPECT_EQ(refused_by(entries, std::string(word)), "") << word;
}

}  // namespace
}  // namespace assent
