// How much a reader meets at once: lines, files, functions; and how a header begins.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/tidy/source_tree.h"

namespace assent::tidy {
namespace {

constexpr std::size_t kColumns = 100, kFileLines = 350, kFunctionLines = 60, kOpening = 4;

std::size_t columns_of(std::string_view line) {
  return std::size_t(std::ranges::count_if(line, [](char c) { return (c & 0xC0) != 0x80; }));
}

TEST(Shape, LinesFitOnAScreen) {
  for (const SourceFile* file : code_files())
    for (std::size_t i = 0; i < file->lines.size(); ++i)
      EXPECT_LE(columns_of(file->lines[i]), kColumns) << place(*file, i);
}

TEST(Shape, FilesHaveOnePurpose) {
  for (const SourceFile* file : code_files())
    EXPECT_LE(file->lines.size(), kFileLines) << file->path << ": which two things does it do?";
}

TEST(Shape, HeadersSayWhatTheyAreFor) {
  for (const SourceFile* file : code_files()) {
    if (!file->path.ends_with(".h")) continue;
    const auto& lines = file->lines;
    EXPECT_TRUE(!lines.empty() && lines[0] == "#pragma once") << file->path;
    const auto end = lines.begin() + std::ptrdiff_t(std::min(lines.size(), kOpening));
    EXPECT_TRUE(std::any_of(lines.begin(), end, [](auto& l) { return l.starts_with("//"); }))
        << file->path << ": begin with what it is for, and what it is not";
  }
}

// Finds functions by their braces: good enough for formatted code, and fast.
class FunctionFinder {
 public:
  explicit FunctionFinder(const SourceFile& file) : file_(file) {}

  std::vector<std::string> too_long() {
    for (line_ = 0; line_ < file_.lines.size(); ++line_) {
      const std::string& text = file_.lines[line_];
      if (in_raw_text(text) || text.starts_with("#")) continue;
      for (const char c : code_of(text)) take(c);
      statement_ += ' ';
    }
    return found_;
  }

 private:
  struct Open {
    std::size_t line;
    bool function;
  };

  // A raw text over several lines: R"(… until a line with )".
  bool in_raw_text(const std::string& text) {
    const std::size_t opens = text.find("R\"");
    if (raw_) {
      raw_ = text.find(")" + delimiter_ + "\"") == text.npos;
      return true;
    }
    if (opens == text.npos) return false;
    const std::size_t paren = text.find('(', opens);
    delimiter_ = text.substr(opens + 2, paren - opens - 2);
    raw_ = text.find(")" + delimiter_ + "\"", paren) == text.npos;
    return raw_;
  }

  void take(char c) {
    if (c == '{') return open();
    if (c == '}') return close();
    if (c == '(') ++parens_;
    if (c == ')') --parens_;
    if (c == ';' && parens_ == 0)
      statement_.clear();
    else
      statement_ += c;
  }

  void open() {
    const auto words = words_of(statement_);
    const bool named = !words.empty() && (words[0] == "namespace" || words[0] == "extern");
    open_.push_back({line_, !named && parens_ == 0 && statement_.find('(') != std::string::npos});
    statement_.clear();
  }

  void close() {
    if (open_.empty()) return;
    const Open last = open_.back();
    open_.pop_back();
    statement_.clear();
    if (last.function && line_ - last.line > kFunctionLines)
      found_.push_back(place(file_, last.line) + std::to_string(line_ - last.line) + " lines");
  }

  const SourceFile& file_;
  std::vector<Open> open_;
  std::vector<std::string> found_;
  std::string statement_, delimiter_;
  std::size_t line_ = 0;
  int parens_ = 0;
  bool raw_ = false;
};

TEST(Shape, FunctionsAreShort) {
  for (const SourceFile* file : code_files())
    for (const std::string& what : FunctionFinder{*file}.too_long())
      ADD_FAILURE() << what << ": take a part out and give it a name";
}

TEST(Shape, LongFunctionsAreFoundAndLongClassesAreNot) {
  const auto wrapped = [](std::string opening) {
    SourceFile file{"x.cpp", {"namespace x {", std::move(opening)}};
    file.lines.insert(file.lines.end(), kFunctionLines + 1, "  int a = 1'000; f(\"{\");  // {");
    file.lines.insert(file.lines.end(), {"}", "}"});
    return FunctionFinder{file}.too_long().size();
  };
  EXPECT_EQ(wrapped("Result<int> f(int a) {"), 1u);
  EXPECT_EQ(wrapped("template <class T> int f(T a) {"), 1u);
  EXPECT_EQ(wrapped("class Thing final : public Port {"), 0u);
}

}  // namespace
}  // namespace assent::tidy
