// Userinit's text in pieces: commas, quotes, spaces, and which entry is ours.

#include <gtest/gtest.h>

#include "winlogon-shim/chain/value/chain_value.h"
#include "winlogon-shim/chain/value/list.h"

namespace assent::windows {
namespace {

using Entries = std::vector<std::string>;

struct ListCase {
  std::string list;
  Entries entries;
};

TEST(UserinitList, IsDividedAtCommas) {
  const std::vector<ListCase> table = {
      {"", {}},
      {",", {}},
      {" , ,", {}},
      {"a.exe", {"a.exe"}},
      {"a.exe,", {"a.exe"}},
      {"a.exe,,b.exe,", {"a.exe", "b.exe"}},
      {" C:\\A B\\a.exe -x , b.exe ", {"C:\\A B\\a.exe -x", "b.exe"}},
      {"\"C:\\a,b\\a.exe\",b.exe", {"\"C:\\a,b\\a.exe\"", "b.exe"}},
      {"\"C:\\a\\a.exe,b.exe", {"\"C:\\a\\a.exe", "b.exe"}},
      {"%SystemRoot%\\userinit.exe,", {"%SystemRoot%\\userinit.exe"}},
  };
  for (const ListCase& c : table) EXPECT_EQ(entries_of(c.list), c.entries) << c.list;
}

TEST(UserinitList, IsTheSameTextWhenPutTogetherAgain) {
  for (const char* text : {"", ",", "a,b", "a.exe,", " a , ,b,,", "\"a,b\",c", "\"a,b,c"})
    EXPECT_EQ(joined(pieces_of(text)), text);
}

TEST(UserinitList, KnowsOurProgramInAnyDressAndNoOther) {
  const std::string ours = "C:\\Program Files\\Assent\\assent-logon.exe";
  for (const char* entry :
       {"C:\\Program Files\\Assent\\assent-logon.exe",
        "c:\\program files\\assent\\ASSENT-LOGON.EXE",
        "\"C:\\Program Files\\Assent\\assent-logon.exe\"", "\"D:\\x\\assent-logon.exe\" /a",
        "  C:/Program Files/Assent/assent-logon.exe  -x", "assent-logon.exe",
        "%ProgramFiles%\\Assent\\assent-logon.exe"})
    EXPECT_TRUE(starts_program(entry, ours)) << entry;
  for (const char* entry :
       {"", " ", "\"", "C:\\Windows\\system32\\userinit.exe", "C:\\x\\not-assent-logon.exe",
        "C:\\x\\assent-logon.exe.bak", "C:\\x\\assent-logon.exe\\other.exe", "assent-logon",
        "C:\\x\\start.exe C:\\Program Files\\Assent\\assent-logon.exe",
        "\"C:\\x\\start.exe\" assent-logon.exe"})
    EXPECT_FALSE(starts_program(entry, ours)) << entry;
}

}  // namespace
}  // namespace assent::windows
