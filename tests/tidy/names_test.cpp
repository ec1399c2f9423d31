// One name, one type. Two types of one name in one namespace compile and link, and then a program
// runs one's destructor on the other: no compiler says so.

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/tidy/source_tree.h"

namespace assent::tidy {
namespace {

// "struct Block {" gives Block; also class and enum, with attributes. Empty for anything else, and
// for a type inside another (indented, or "struct Writer::Impl {").
std::string type_begun(const std::string& line) {
  const bool begins =
      line.starts_with("struct ") || line.starts_with("class ") || line.starts_with("enum ");
  if (!begins || line.find('{') == line.npos) return "";
  const auto words = words_of(line);
  std::size_t at = 1;
  while (at < words.size() && (words[at] == "class" || words[at].starts_with("[["))) ++at;
  if (at == words.size() || words[at].find("::") != std::string::npos) return "";
  return words[at].substr(0, words[at].find('<'));
}

// Of a line that opens or closes a namespace; an unnamed one makes names the file's own.
void follow(const std::string& line, std::string& name, bool& own) {
  if (line == "namespace {")
    own = true;
  else if (line.starts_with("namespace "))
    name = words_of(line)[1];
  else if (line.starts_with("}  // namespace"))
    own = own && line != "}  // namespace";
}

TEST(Names, EachTypeHasOneOfItsOwn) {
  std::map<std::string, std::string> places;
  for (const SourceFile* file :
       code_files({"core/", "service/", "pam-module/", "admin-cli/", "winlogon-shim/"})) {
    std::string space;
    bool own = false;
    for (std::size_t i = 0; i < file->lines.size(); ++i) {
      follow(file->lines[i], space, own);
      const std::string type = type_begun(file->lines[i]);
      if (type.empty() || own) continue;
      // A specialisation, such as std::hash<Id>, has the name of its template.
      if (i > 0 && file->lines[i - 1].starts_with("template <>")) continue;
      const auto [at, fresh] = places.emplace(space + "::" + type, place(*file, i));
      EXPECT_TRUE(fresh) << place(*file, i) << at->first << " is also at " << at->second;
    }
  }
}

TEST(Names, TypesAreSeen) {
  EXPECT_EQ(type_begun("struct Block {  // one"), "Block");
  EXPECT_EQ(type_begun("class [[nodiscard]] Result {"), "Result");
  EXPECT_EQ(type_begun("enum class Mode : std::uint8_t { A, B };"), "Mode");
  EXPECT_EQ(type_begun("struct Writer::Impl {"), "");
  EXPECT_EQ(type_begun("struct Block;"), "");
}

}  // namespace
}  // namespace assent::tidy
