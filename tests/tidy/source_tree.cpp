#include "tests/tidy/source_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace assent::tidy {
namespace {
namespace fs = std::filesystem;

const std::set<std::string> kNotSource = {".git", "build", "__pycache__", ".pytest_cache"};
constexpr std::size_t kLargest = 2 * 1024 * 1024;

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

void read_into(std::vector<SourceFile>& files, const fs::path& path, const fs::path& root) {
  if (fs::file_size(path) > kLargest) return;
  std::ifstream stream{path, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
  SourceFile file{path.lexically_relative(root).string(), {}};
  const bool is_text = bytes.find('\0') == std::string::npos;
  std::istringstream text{is_text ? bytes : std::string{}};
  for (std::string line; std::getline(text, line);) file.lines.push_back(line);
  files.push_back(std::move(file));
}

std::vector<SourceFile> read_all() {
  const fs::path root{ASSENT_SOURCE_DIR};
  std::vector<SourceFile> files;
  for (fs::recursive_directory_iterator at{root}, end; at != end; ++at) {
    if (kNotSource.contains(at->path().filename().string()))
      at.disable_recursion_pending();
    else if (at->is_regular_file() && !at->is_symlink())
      read_into(files, at->path(), root);
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

// The index of the quote that ends the text or character begun at `i`.
std::size_t end_of_quote(std::string_view line, std::size_t i) {
  const char quote = line[i];
  for (++i; i < line.size() && line[i] != quote; ++i)
    if (line[i] == '\\') ++i;
  return i;
}

}  // namespace

const std::vector<SourceFile>& all_files() {
  static const std::vector<SourceFile> files = read_all();
  return files;
}

std::vector<const SourceFile*> code_files(std::vector<std::string_view> folders) {
  std::vector<const SourceFile*> found;
  for (const SourceFile& file : all_files()) {
    if (!file.path.ends_with(".h") && !file.path.ends_with(".cpp")) continue;
    const bool wanted = std::ranges::any_of(
        folders, [&](std::string_view folder) { return file.path.starts_with(folder); });
    if (folders.empty() || wanted) found.push_back(&file);
  }
  return found;
}

const SourceFile& file_at(std::string_view path) {
  static const SourceFile kNone;
  const auto at = std::ranges::find(all_files(), path, &SourceFile::path);
  if (at != all_files().end()) return *at;
  ADD_FAILURE() << "there is no " << path;
  return kNone;
}

std::string place(const SourceFile& file, std::size_t line_index) {
  return file.path + ":" + std::to_string(line_index + 1) + ": ";
}

std::string code_of(std::string_view line) {
  std::string code;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line.substr(i).starts_with("//")) break;
    const bool separator = line[i] == '\'' && i > 0 && is_name(line[i - 1]);  // 1'000
    if ((line[i] == '"' || line[i] == '\'') && !separator) {
      i = end_of_quote(line, i);
      code += "\"\"";
    } else {
      code += line[i];
    }
  }
  return code;
}

std::size_t find_call(std::string_view code, std::string_view word) {
  for (std::size_t at = code.find(word); at != code.npos; at = code.find(word, at + 1)) {
    if (at == 0 || !is_name(code[at - 1]) || !is_name(word.front())) return at;
  }
  return code.npos;
}

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream{std::string{text}};
  return {std::istream_iterator<std::string>{stream}, {}};
}

}  // namespace assent::tidy
