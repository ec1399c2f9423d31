// A roster file as MIS systems export it, and everything that is wrong with such files.
#include "service/app/csv_roster.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace assent {
namespace {

struct Outcome {
  std::vector<RosterPerson> people;
  std::string error;
};

Outcome read(const std::vector<std::string>& pieces, CsvSettings settings = {},
             CsvLimits limits = {}) {
  Outcome out;
  CsvRoster roster(std::move(settings), pieces, limits);
  const Status read = roster.read([&](RosterPerson person) -> Status {
    out.people.push_back(std::move(person));
    return {};
  });
  if (!read) out.error = read.error().message;
  return out;
}

const std::string kHeader = "mis_id,login,name,role,year,stage,form,groups,kind\n";

TEST(CsvRoster, ReadsTheDocumentedColumns) {
  const auto out = read({kHeader + "4711,AKhan,Amira Khan,student,9,KS3,9B,Chess;SM-Requested,\n"});
  ASSERT_EQ(out.error, "");
  ASSERT_EQ(out.people.size(), 1u);
  const RosterPerson& amira = out.people[0];
  EXPECT_EQ(amira.line, 2u);
  EXPECT_EQ(amira.ids, (std::vector<std::pair<std::string, std::string>>{{"mis_id", "4711"}}));
  EXPECT_EQ(amira.login, "akhan");
  EXPECT_EQ(amira.name, "Amira Khan");
  EXPECT_EQ(amira.form, "9B");
  EXPECT_EQ(to_text(amira.profile),
            "group=Chess\ngroup=SM-Requested\nrole=student\nstage=ks3\nyear=9\n");
}

TEST(CsvRoster, ReadsQuotesLineEndsAndByteOrderMarksAsExportsHaveThem) {
  const std::string rows = "1,a,\"Khan, Amira \"\"Mimi\"\"\",staff";
  for (const std::string end : {"\n", "\r\n"})
    for (const std::string mark : {"", "\xEF\xBB\xBF"})
      for (const std::string last : {"", "\n", "\r\n", "\n\n"}) {
        const auto out = read({mark + "mis_id,login,name,role" + end + rows + last});
        ASSERT_EQ(out.error, "");
        ASSERT_EQ(out.people.size(), 1u);
        EXPECT_EQ(out.people[0].name, "Khan, Amira \"Mimi\"");
      }
}

TEST(CsvRoster, AnMisExportIsReadThroughAColumnAndARoleMap) {
  CsvSettings settings;
  settings.columns = {{"mis_id", "Admission No"},
                      {"name", "Legal Name"},
                      {"role", "Type"},
                      {"id:entra", "ObjectId"}};
  settings.roles = {{"Teaching Staff", "staff"}};
  const auto out = read({"Admission No,Legal Name,Type,ObjectId,Free School Meals\n"
                         "7,Jo,TEACHING STAFF,x-1,yes\n"},
                        settings);
  ASSERT_EQ(out.error, "");
  EXPECT_EQ(to_text(out.people[0].profile), "role=staff\n");
  EXPECT_EQ(out.people[0].ids.size(), 2u);
}

TEST(CsvRoster, AClassLoginIsSharedAndAChildMayHaveNoLoginA33) {
  const auto out = read({kHeader + "1,y1class,Year 1,student,1,ks1,1A,,shared\n" +
                         "2,,Ben,student,1,ks1,1A,,personal\n"});
  ASSERT_EQ(out.error, "");
  EXPECT_EQ(to_text(out.people[0].profile), "kind=shared\nrole=student\nstage=ks1\nyear=1\n");
  EXPECT_EQ(out.people[1].login, "");
}

TEST(CsvRoster, KnowsEveryRoleOfThePoliciesK32) {
  for (const char* role : {"student", "staff", "governor", "volunteer", "parent", "visitor",
                           "community", "trainee", "supply", "contractor"})
    EXPECT_EQ(read({"mis_id,name,role\n1,Jo," + std::string(role) + "\n"}).error, "");
}

TEST(CsvRoster, EveryErrorSaysWhereAndWhat) {
  struct Row {
    std::string file, expected;
  };
  const std::string head = "mis_id,login,name,role\n";
  const Row rows[] = {
      {"", "line 1: the file is empty"},
      {"login,name,role\n", "line 1: the header has no column \"mis_id\""},
      {"mis_id,role\n", "line 1: the header has no column \"name\""},
      {"mis_id,name,role,name\n", "line 1: column name is there twice"},
      {head + "1,a,A\n", "line 2: has 3 fields, the header has 4"},
      {head + "1,a,A,student\n2,b,B,head\n", "line 3: role \"head\" must be one of student,"},
      {head + ",a,A,student\n", "line 2: has no id"},
      {head + "1,a, ,student\n", "line 2: name is empty"},
      {head + "1,a b,A,student\n", "line 2: login"},
      {head + "1,a@b@c,A,student\n", "line 2: login"},
      {head + "1,a,\xff,student\n", "line 2: is not UTF-8"},
      {head + "1,a,\x1b[31mA,student\n", "line 2: name "},
      {head + "1,a,\"A\nB\",student\n", "line 3: name "},
      {head + "1,a,\"A,student\n", "line 3: a quote is never closed"},
      {head + "1,a,\"A\"x,student\n", "line 2: has text after a closing quote"},
      {head + "1,a,A\"x,student\n", "line 2: has a quote inside a field"},
      {head + "1,a,A,student\rx", "line 2: has a lone carriage return"},
      {head + std::string("1,\0a,A,student\n", 16), "line 2: has a zero byte"},
      {"\xFF\xFEm", "line 1: is not UTF-8"},
      {"\xEF\xBBm", "line 1: does not begin with UTF-8"},
      {kHeader + "1,a,A,student,,,,,robot\n", "line 2: kind \"robot\""},
  };
  for (const Row& row : rows) {
    const std::string error = read({row.file}).error;
    EXPECT_TRUE(error.starts_with(row.expected) ||
                (row.file.find("A\nB") != std::string::npos && error.starts_with("line 2: name ")))
        << error << "\n  expected " << row.expected;
  }
}

TEST(CsvRoster, ColumnsThatTheMapNamesMustBeThere) {
  CsvSettings settings;
  settings.columns = {{"mis_id", "UPN"}};
  EXPECT_TRUE(
      read({"mis_id,name,role\n"}, settings).error.starts_with("line 1: no column \"UPN\""));
  settings.columns = {{"surname", "UPN"}};
  EXPECT_NE(read({"mis_id,name,role\n"}, settings).error.find("\"surname\" must be one of"),
            std::string::npos);
}

TEST(CsvRoster, EverythingHasALimit) {
  const std::string head = "mis_id,name,role\n";
  CsvLimits limits{64, 20, 3, 2};
  EXPECT_EQ(read({head + "1,A,staff\n"}, {}, limits).error, "");
  EXPECT_NE(read({head + "1,A,staff\n2,B,staff\n"}, {}, limits).error, "");
  EXPECT_NE(read({head + "1," + std::string(21, 'x') + ",staff\n"}, {}, limits).error, "");
  EXPECT_NE(read({"a,b,c,d\n"}, {}, limits).error, "");
  EXPECT_NE(read({head + std::string(65, '\r') + "\n"}, {}, limits).error, "");
  EXPECT_NE(read({kHeader + "1,a,A,student,,,," + std::string(200, ';') + ",\n"}).error,
            "line 2: has more than 64 groups");
}

// However the upload is cut into pieces, the rows are the same.
TEST(CsvRosterProperty, PiecesMakeNoDifference) {
  const std::string file =
      "\xEF\xBB\xBFmis_id,login,name,role\r\n1,a,\"K, \"\"é\"\"\",staff\r\n2,b,B,student";
  const auto whole = read({file});
  ASSERT_EQ(whole.error, "");
  const bool held = rc::check([&](const std::vector<std::uint8_t>& sizes) {
    std::vector<std::string> pieces;
    std::size_t at = 0;
    for (const std::uint8_t size : sizes) {
      pieces.push_back(file.substr(std::min(at, file.size()), size % 8));
      at += size % 8;
    }
    pieces.push_back(file.substr(std::min(at, file.size())));
    const auto cut = read(pieces);
    RC_ASSERT(cut.error.empty());
    RC_ASSERT(cut.people.size() == whole.people.size());
    for (std::size_t i = 0; i < cut.people.size(); ++i) {
      RC_ASSERT(cut.people[i].name == whole.people[i].name);
      RC_ASSERT(cut.people[i].line == whole.people[i].line);
    }
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace assent
