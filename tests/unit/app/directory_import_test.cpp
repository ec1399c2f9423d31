// An import from a live source: read once, aside, then planned and applied like a file.
#include "tests/support/live_school.h"

namespace assent {
namespace {

struct DirectoryImport : support::LiveSchool {
  std::string start() { return desk.imports.start(1, "ldap", {}).value(); }
};

TEST_F(DirectoryImport, AppliesWhatWasReadAndRecordsTheSource) {
  server.fill(30);
  const ImportReport report = desk.apply(started_and_read()).value();
  EXPECT_EQ(report.joins, 30u);
  const PersonRow row = desk.with_id("m7").value();
  EXPECT_EQ(row.login, "p7");
  EXPECT_EQ(row.home, "ldap");
  EXPECT_EQ(desk.with_id("7")->key, row.key);
  EXPECT_EQ(to_text(*desk.registry->profile(row.profile)),
            "group=Chess Club\nrole=student\nyear=7\n");
  EXPECT_NE(store.ledger.record(0).value().body.find("\"source\":\"ldap\""), std::string::npos);
  EXPECT_EQ(desk.apply(started_and_read()).value().unchanged, 30u);
}

TEST_F(DirectoryImport, KeepsNobodyWaitingWhileItReads) {
  server.waits = true;
  server.fill(3);
  const std::string id = start();
  EXPECT_FALSE(desk.imports.progress(1, id).value().ready);
  EXPECT_EQ(desk.imports.plan(1, id).error().code, Code::Unavailable);
  EXPECT_EQ(desk.apply(id).error().code, Code::Unavailable);
  EXPECT_EQ(desk.imports.start(1, "ldap", {}).error().code, Code::Conflict);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(desk.imports.start(1, "csv", {}));
  server.go.set_value();
  while (!desk.imports.progress(1, id).value().ready) std::this_thread::yield();
  EXPECT_EQ(desk.imports.plan(1, id).value().joins, 3u);
}

TEST_F(DirectoryImport, AReadingThatBrokeOffChangesNobody) {
  server.fill(30);
  ASSERT_TRUE(desk.apply(started_and_read()));
  server.people.resize(29);
  server.outcome = fail(Code::Unavailable, "the connection broke");
  const std::string id = started_and_read();
  const ImportReport report = desk.imports.plan(1, id).value();
  ASSERT_EQ(report.errors.size(), 1u);
  EXPECT_EQ(report.errors[0].what, "the connection broke");
  EXPECT_FALSE(desk.apply(id));
  EXPECT_EQ(desk.with_id("30")->state, PersonState::Active);
}

TEST_F(DirectoryImport, StopsWhenTooManyWouldLeave) {
  server.fill(30);
  ASSERT_TRUE(desk.apply(started_and_read()));
  server.people.resize(20);
  const std::string id = started_and_read();
  EXPECT_EQ(desk.apply(id).error().code, Code::Conflict);
  EXPECT_EQ(desk.apply(id, 10).value().leavers, 10u);
}

// Which of the two saw a person last, nobody knows.
TEST_F(DirectoryImport, OfReadingsThatOverlapOneIsApplied) {
  server.fill(30);
  const std::string slow = started_and_read(), quick = started_and_read();
  ASSERT_TRUE(desk.apply(slow));
  EXPECT_EQ(desk.apply(quick).error().code, Code::Conflict);
  EXPECT_TRUE(desk.apply(started_and_read()));
}

TEST_F(DirectoryImport, AnOlderReadingDoesNotTakeANewerOneBack) {
  server.fill(30);
  const std::string older = started_and_read();
  server.people[0].name = "Another name";
  const std::string newer = started_and_read();
  ASSERT_TRUE(desk.apply(newer));
  const auto refused = desk.apply(older);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::Conflict);
  EXPECT_NE(refused.error().message.find("Import again"), std::string::npos);
  EXPECT_EQ(desk.with_id("m1")->name, "Another name");
  EXPECT_EQ(desk.apply(started_and_read()).value().unchanged, 30u);
}

TEST_F(DirectoryImport, FaultsNameTheAccountsAndNotTheirLines) {
  server.fill(3);
  server.people.push_back(support::live_person(4, "2", "twin"));
  const ImportReport report = desk.imports.plan(1, started_and_read()).value();
  ASSERT_EQ(report.errors.size(), 1u);
  EXPECT_EQ(report.errors[0].what.rfind("twin: ", 0), 0u) << report.errors[0].what;
  EXPECT_NE(report.errors[0].what.find("line 2 (p2)"), std::string::npos) << report.errors[0].what;
}

TEST_F(DirectoryImport, IsOnlyForASchoolThatHasOneAndTakesNoFile) {
  EXPECT_EQ(desk.imports.start(2, "ldap", {}).error().code, Code::Invalid);
  EXPECT_EQ(desk.imports.start(1, "sql", {}).error().code, Code::Invalid);
  EXPECT_EQ(desk.imports.start(1, "ldap", {{"mis_id", "x"}}).error().code, Code::Invalid);
  EXPECT_EQ(desk.imports.add(1, started_and_read(), "a,b\n").error().code, Code::Invalid);
}

TEST_F(DirectoryImport, TheServiceMayStopWhileItReads) {
  server.waits = true;
  server.fill(3);
  start();  // the desk goes now, with the reading under way
}

}  // namespace
}  // namespace assent
