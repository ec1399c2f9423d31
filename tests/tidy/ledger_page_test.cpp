// docs/ledger.md lists the types of records that the code writes, and no others. Whether it gives
// their members truly is for tests/integration/test_ledger_page.py.

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "tests/tidy/source_tree.h"

namespace assent::tidy {
namespace {

using Names = std::set<std::string>;

// A draft opens with its type and its nonce, on one line or two; those about guests and about roles
// are each made in one place, which is given their type.
Names written_types() {
  const std::regex draft{R"re("([a-z]+(\.[a-z]+)?)",\s*(make_nonce\(|nonce,|a\.ticket\.nonce,))re"};
  const std::regex given{R"re("((guest|role)\.[a-z]+)")re"};
  Names types;
  for (const SourceFile* file : code_files({"service/"})) {
    for (std::size_t i = 0; i + 1 < file->lines.size(); ++i) {
      if (file->lines[i].find('"') == std::string::npos) continue;
      const std::string two_lines = file->lines[i] + file->lines[i + 1];
      std::smatch found;
      if (std::regex_search(two_lines, found, draft)) types.insert(found[1]);
      for (std::sregex_iterator each(two_lines.begin(), two_lines.end(), given), end; each != end;
           ++each)
        types.insert((*each)[1]);
    }
  }
  return types;
}

Names listed_types() {
  const std::regex row{R"(^\| `([a-z.]+)` \|.*)"};
  Names types;
  bool in_table = false;
  for (const std::string& line : file_at("docs/ledger.md").lines) {
    in_table = line.starts_with("| type |") || (in_table && line.starts_with("|"));
    std::smatch found;
    if (in_table && std::regex_match(line, found, row)) types.insert(found[1]);
  }
  return types;
}

TEST(LedgerPage, ListsTheTypesThatAreWritten) {
  EXPECT_GT(written_types().size(), 10u) << "drafts look another way: mend this test";
  EXPECT_EQ(listed_types(), written_types());
}

}  // namespace
}  // namespace assent::tidy
