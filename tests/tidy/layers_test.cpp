// Includes, link lines and the page that newcomers read all follow the table in layers.h.

#include "tests/tidy/layers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "tests/tidy/source_tree.h"

namespace assent::tidy {
namespace {

using Names = std::set<std::string>;

Names names_of(std::string_view text) {
  const auto words = words_of(text);
  return {words.begin(), words.end()};
}

const Layer* layer_at(std::string_view path) {
  const Layer* found = nullptr;
  for (const Layer& layer : kLayers) {
    const bool inside = path.starts_with(layer.at) &&
                        (path.size() == layer.at.size() || path[layer.at.size()] == '/');
    if (inside && (!found || layer.at.size() > found->at.size())) found = &layer;
  }
  return found;
}

const Layer* layer_called(std::string_view name) {
  const auto at = std::ranges::find(kLayers, name, &Layer::name);
  return at == kLayers.end() ? nullptr : &*at;
}

void add_all(const Layer& layer, Names& names) {
  if (!names.insert(std::string{layer.name}).second) return;
  for (const std::string& used : words_of(layer.uses)) {
    const Layer* next = layer_called(used);
    ASSERT_TRUE(next) << layer.name << " uses " << used << ", which is no layer";
    add_all(*next, names);
  }
}

// What stands between < > or " " after #include; empty when the line includes nothing.
std::string_view included(std::string_view line) {
  if (!line.starts_with("#include ") || line.size() < 12) return {};
  const std::size_t end = line.find_first_of("\">", 10);
  return line.substr(10, end == line.npos ? 0 : end - 10);
}

void expect_library_allowed(const Layer& layer, std::string_view target, const std::string& where) {
  Names homes;
  for (const Layer& other : kLayers)
    for (const std::string& header : words_of(other.headers))
      if (target.starts_with(header)) homes.insert(std::string{other.at});
  if (homes.empty() || homes.contains(std::string{layer.at})) return;
  ADD_FAILURE() << where << "<" << target << "> belongs in " << *homes.begin()
                << ": use what that folder declares";
}

TEST(Layers, EveryFileOfAProgramIsInOne) {
  for (const SourceFile* file :
       code_files({"core/", "service/", "pam-module/", "admin-cli/", "winlogon-shim/"}))
    EXPECT_TRUE(layer_at(file->path)) << file->path << ": give its folder a row in layers.h";
}

TEST(Layers, IncludesFollowTheArchitecture) {
  std::map<std::string_view, Names> allowed;
  for (const Layer& layer : kLayers) add_all(layer, allowed[layer.name]);
  for (const SourceFile* file :
       code_files({"core/", "service/", "pam-module/", "admin-cli/", "winlogon-shim/"})) {
    const Layer* from = layer_at(file->path);
    for (std::size_t i = 0; from && i < file->lines.size(); ++i) {
      const std::string_view target = included(file->lines[i]);
      if (target.empty()) continue;
      const Layer* to = layer_at(target);
      EXPECT_TRUE(!to || allowed[from->name].contains(std::string{to->name}))
          << place(*file, i) << from->name << " may not include " << to->name;
      EXPECT_FALSE(target.starts_with("tests/")) << place(*file, i) << "programs need no tests";
      expect_library_allowed(*from, target, place(*file, i));
    }
  }
}

// "assent_layer(NAME FOLDER … assent_X …)": its layers; likewise assent_program.
void expect_linked_as_told(const std::string& line) {
  std::string open = line;
  std::ranges::replace_if(
      open, [](char c) { return c == '(' || c == ')'; }, ' ');
  const auto words = words_of(open);
  ASSERT_GE(words.size(), 3u) << line;
  const Layer* layer = layer_called(words[1]);
  ASSERT_TRUE(layer) << words[1] << " has no row in layers.h";
  EXPECT_EQ(layer->at, words[2]) << line;
  Names linked;
  for (std::size_t i = 3; i < words.size(); ++i)
    if (words[i].starts_with("assent_")) linked.insert(words[i].substr(7));
  EXPECT_EQ(linked, names_of(layer->uses)) << line;
}

TEST(Layers, AreLinkedAsTheTableSays) {
  Names seen;
  for (const char* path : {"cmake/Layers.cmake", "cmake/Programs.cmake", "cmake/Windows.cmake"}) {
    for (const std::string& whole : file_at(path).lines) {
      const std::string line = whole.substr(std::min(whole.find_first_not_of(' '), whole.size()));
      if (!line.starts_with("assent_layer(") && !line.starts_with("assent_program(")) continue;
      expect_linked_as_told(line);
      seen.insert(line.substr(line.find('(') + 1, line.find(' ') - line.find('(') - 1));
    }
  }
  for (const Layer& layer : kLayers)
    EXPECT_TRUE(seen.contains(std::string{layer.name}) || layer.name == "module") << layer.name;
}

// The PAM module is compiled from sources, so that a login process carries no more than these.
TEST(Layers, TheModuleTakesOnlyThreeFoldersOfCore) {
  for (const std::string& line : file_at("cmake/PamModule.cmake").lines) {
    if (line.starts_with("#")) continue;
    for (const std::string& word : words_of(line)) {
      if (!word.starts_with("core/") && !word.starts_with("pam-module/")) continue;
      const Layer* layer = layer_at(word);
      EXPECT_TRUE(layer && names_of("base wire gate module").contains(std::string{layer->name}))
          << word << " does not belong in a login process";
    }
  }
}

std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> cells;
  for (std::size_t from = 1; from < row.size();) {
    const std::size_t end = std::min(row.find('|', from), row.size());
    std::string cell = row.substr(from, end - from);
    std::erase(cell, '`');
    cells.push_back(cell);
    from = end + 1;
  }
  return cells;
}

TEST(Layers, ArchitectureShowsTheSameTable) {
  std::set<std::string> rows;
  bool inside = false;
  for (const std::string& line : file_at("ARCHITECTURE.md").lines) {
    if (line.starts_with("| layer | at |")) inside = true;
    if (!line.starts_with("|")) inside = false;
    if (!inside || !line.starts_with("| `")) continue;
    const auto cells = cells_of(line);
    ASSERT_GE(cells.size(), 4u) << line;
    const Layer* layer = layer_called(words_of(cells[0]).front());
    ASSERT_TRUE(layer) << line;
    EXPECT_EQ(names_of(cells[1]), names_of(layer->at)) << line;
    EXPECT_EQ(names_of(cells[2]), names_of(layer->uses)) << line;
    EXPECT_EQ(names_of(cells[3]), names_of(layer->headers)) << line;
    EXPECT_TRUE(rows.insert(line).second) << "twice: " << line;
  }
  EXPECT_EQ(rows.size(), kLayers.size()) << "ARCHITECTURE.md lacks a row of layers.h";
}

}  // namespace
}  // namespace assent::tidy
