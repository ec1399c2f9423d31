// Words that no file here has: work left undone, and places outside the repository.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/tidy/source_tree.h"

namespace assent::tidy {
namespace {

// In two parts each, so that this file does not hold them.
const std::vector<std::string> kUndone = {std::string{"TO"} + "DO", std::string{"FIX"} + "ME",
                                          std::string{"XX"} + "X", std::string{"HA"} + "CK"};
const std::string kOutside = std::string{"/wo"} + "rk/";

bool continues(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) ||
         std::string_view{"_}$.)"}.find(c) != std::string_view::npos;
}

bool stands_alone(std::string_view line, std::string_view word) {
  for (std::size_t at = line.find(word); at != line.npos; at = line.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool before = at > 0 && std::isalnum(static_cast<unsigned char>(line[at - 1]));
    const bool after = end < line.size() && std::isalnum(static_cast<unsigned char>(line[end]));
    if (!before && !after) return true;
  }
  return false;
}

TEST(Words, NothingIsLeftForLater) {
  for (const SourceFile& file : all_files())
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const std::string& word : kUndone)
        EXPECT_FALSE(stands_alone(file.lines[i], word))
            << place(file, i) << "do it now, or open an issue";
}

TEST(Words, NoPathLeadsOutOfTheRepository) {
  for (const SourceFile& file : all_files())
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::size_t at = file.lines[i].find(kOutside);
      const bool absolute =
          at != std::string::npos && (at == 0 || !continues(file.lines[i][at - 1]));
      EXPECT_FALSE(absolute) << place(file, i) << "the project stands alone";
    }
}

}  // namespace
}  // namespace assent::tidy
