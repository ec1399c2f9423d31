// assentctl report access (K12, R17): a table for people, CSV for spreadsheets, JSON for programs.

#include <sys/stat.h>

#include "admin-cli/csv.h"
#include "core/formats/json.h"
#include "core/unicode/unicode.h"
#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

constexpr const char* kHead =
    R"({"school":"Kingsmead School","reading":7,"at":"2026-11-09T08:31:00.000Z",)"
    R"("local":"09 Nov 2026 08:31","zone":"Europe/London","output":"entryuuid","levels":[)"
    R"({"level":"unsigned","group":"nsw-unsigned","allows":"the signing page","people":0},)"
    R"({"level":"ks3","group":"nsw-ks3","allows":"","people":1214}],"people":[)";

std::string row(const std::string& level, const std::string& login, const std::string& wanted,
                const std::string& more = "") {
  return R"({"level":")" + level + R"(","account":"uid=)" + login + R"(","login":")" + login +
         R"(","name":"Name of )" + login + R"(","form":"9B","wanted":")" + wanted +
         R"(","known":true,"waiting":false)" + more + "}";
}
const std::string kStranger =
    R"({"level":"ks3","account":"cn=exam\u001b[2J,dc=school","login":"","name":"","form":"",)"
    R"("wanted":"","known":false,"waiting":false})";

class Report : public Desk {
 protected:
  Report() {
    script.say("GET /v1/reports/access", kHead + row("ks3", "amira", "ks3") + R"(],"next":1})");
    script.say("GET /v1/reports/access?reading=7&after=1",
               kHead + row("ks3", "bob", "unsigned") + "," + kStranger + "," +
                   row("", "chloe", "ks3") + R"(],"next":null})");
  }
};

TEST_F(Report, IsATableAGroupWithCountsAndMarks) {
  const Ran ran = run({"report", "access"});
  EXPECT_EQ(ran.exit, Exit::Done);
  EXPECT_EQ(ran.out,
            "Kingsmead School: who has which access\n"
            "Read from the directory on 09 Nov 2026 08:31 (Europe/London).\n"
            "\n"
            "nsw-unsigned (level unsigned): 0 people\n"
            "  the signing page\n"
            "\n"
            "nsw-ks3 (level ks3): 1,214 people\n"
            "  LOGIN  NAME           FORM\n"
            "  amira  Name of amira  9B\n"
            "  bob    Name of bob    9B    should be at unsigned\n"
            "  nobody of the roster:\n"
            "  -  cn=exam\uFFFD[2J,dc=school\n"
            "\n"
            "In none of these groups, and should be: 1 person\n"
            "  LOGIN  NAME           FORM\n"
            "  chloe  Name of chloe  9B    should be at ks3\n");
}

TEST_F(Report, FitsAScreenOf80ColumnsWhateverTheNames) {
  const std::string long_one(200, 'x');
  script.say("GET /v1/reports/access",
             kHead + row("ks3", long_one, long_one) + "," + R"({"level":"ks3","account":"cn=)" +
                 long_one + " " + long_one +
                 R"(","login":"","name":"","form":"","wanted":"","known":false,"waiting":false})" +
                 R"(],"next":null})");
  std::istringstream lines(run({"report", "access"}).out);
  std::string text;
  for (std::string line; std::getline(lines, line); text += line + "\n")
    EXPECT_LE(cells(line), 80) << line;
  EXPECT_HAS(text, "xxx\u2026  Name of xxx");
}

TEST_F(Report, AsCsvEveryLineIsDated) {
  const Ran ran = run({"report", "access", "--csv"});
  EXPECT_HAS(ran.out, "read,from,level,group,allows,login,name,form,account,remark\n");
  EXPECT_HAS(ran.out,
             "2026-11-09T08:31:00.000Z,directory,ks3,nsw-ks3,,amira,Name of amira,9B,uid=amira,\n");
  EXPECT_HAS(ran.out, ",\"cn=exam\uFFFD[2J,dc=school\",nobody of the roster\n");
  EXPECT_HAS(ran.out, ",directory,,,,chloe,Name of chloe,9B,uid=chloe,should be at ks3\n");
  EXPECT_EQ(run({"report", "access", "--csv", "--json"}).exit, Exit::Usage);
}

TEST_F(Report, AsJsonItIsWholeAndOfOneReading) {
  const auto said = parse_json(run({"report", "access", "--json"}).out);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->find("people")->array()->size(), 4u);
  EXPECT_EQ(said->find("next"), nullptr);
  EXPECT_EQ(*said->find("reading")->integer(), 7);
}

TEST_F(Report, IntoAFileThatOnlyItsOwnerMayReadAndThatIsNew) {
  const std::string path = folder.path("access.csv");
  EXPECT_HAS(run({"report", "access", "--csv", "--out", path}).out, "Written: 4 people, to ");
  struct stat found {};
  ASSERT_EQ(stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0600u);
  EXPECT_HAS(folder.read("access.csv"), "amira");
  EXPECT_EQ(run({"report", "access", "--out", path}).exit, Exit::Refused);
  EXPECT_HAS(run({"report", "access", "--out", path, "--dry-run"}).out, "Nothing was written");
}

TEST_F(Report, ThereIsNoneWhereTheDirectoryIsAway) {
  script.refuse("GET /v1/reports/access", 503, "unavailable", "the groups cannot be read");
  const Ran ran = run({"report", "access", "--out", folder.path("none")});
  EXPECT_EQ(ran.exit, Exit::Unreachable);
  EXPECT_HAS(ran.err, "cannot be read");
  EXPECT_NE(access(folder.path("none").c_str(), F_OK), 0);
}

TEST(Csv, ASpreadsheetTakesNoCellForAFormula) {
  for (const std::string formula :
       {"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\";=1", "\r=1", "\n=1"}) {
    const std::string cell = spreadsheet_cell(formula);
    const std::size_t first = cell.find_first_not_of(" \";");
    EXPECT_EQ(std::string("=+-@\t\r\n").find(cell.at(first)), std::string::npos) << cell;
  }
  EXPECT_EQ(spreadsheet_cell("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
  EXPECT_EQ(spreadsheet_cell("Anne-Marie O'Neil"), "Anne-Marie O'Neil");
  EXPECT_EQ(spreadsheet_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("=1"), "=1");  // for programs: as it is
}

}  // namespace
}  // namespace assent::cli
