#pragma once
// The repository as text, for rules about the source itself. Read once; build/ and .git are left
// out.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assent::tidy {

struct SourceFile {
  std::string path;  // from the repository's root, "core/base/id.h"
  std::vector<std::string> lines;
};

// Every file, by path; one that is not text has no lines.
const std::vector<SourceFile>& all_files();
// The .h and .cpp files among them, below one of `folders` (all when empty).
std::vector<const SourceFile*> code_files(std::vector<std::string_view> folders = {});
// Fails the test and gives an empty file when there is none.
const SourceFile& file_at(std::string_view path);

// "core/base/id.h:12: "
std::string place(const SourceFile& file, std::size_t line_index);
// Without what the compiler does not see as code: // comments, the inside of "texts" and 'c'.
std::string code_of(std::string_view line);
// Where `word` stands in `code` and does not continue another name; npos if nowhere.
std::size_t find_call(std::string_view code, std::string_view word);
std::vector<std::string> words_of(std::string_view text);  // split at white space

}  // namespace assent::tidy
