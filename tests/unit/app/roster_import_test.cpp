// An import is whole or not at all, and what people signed survives everything a roster does.
#include "service/app/roster_import.h"

#include <gtest/gtest.h>

#include "tests/support/roster_desk.h"

namespace assent {
namespace {

using support::Desk;
using support::MemoryStore;

const std::string kHeader = "mis_id,login,name,role,year\n";

std::string rows(int first, int last, const std::string& year = "7") {
  std::string out;
  for (int i = first; i <= last; ++i) {
    const std::string n = std::to_string(i);
    out += n + ",p" + n + ",Person " + n + ",student," + year + "\n";
  }
  return out;
}

struct RosterImport : testing::Test {
  MemoryStore store;
  Desk desk{store};

  void import(const std::string& file, std::optional<std::size_t> leavers = {}) {
    const auto done = desk.apply(desk.upload(file), leavers);
    ASSERT_TRUE(done) << done.error().message;
  }
  void sign(PersonKey person) {  // an acceptance that must not be lost or inherited
    const auto state = std::make_shared<support::MemoryState>(*store.disk()->read());
    Standing standing;
    standing.policy = 1;
    standing.version = 3;
    state->standings[{person, 1}] = standing;
    store.disk()->write(state);
  }
  std::vector<Standing> signed_by(const std::string& login) {
    const auto facts = store.standings.find(1, login);
    return facts ? facts->standings : std::vector<Standing>{};
  }
};

TEST_F(RosterImport, ADryRunTellsAndChangesNothing) {
  const auto id = desk.upload(kHeader + rows(1, 9));
  const ImportReport report = desk.imports.plan(1, id).value();
  EXPECT_EQ(report.rows, 9u);
  EXPECT_EQ(report.joins, 9u);
  EXPECT_EQ(report.examples.at("joins").size(), RosterImports::kExamplesMax);
  EXPECT_EQ(report.examples.at("joins").at(0), "Person 1 (p1)");
  EXPECT_FALSE(desk.with_id("1"));
  EXPECT_EQ(desk.records(), 0u);
}

TEST_F(RosterImport, AppliesEverythingAndRecordsTheCountsWithoutNames) {
  import(kHeader + rows(1, 9));
  const PersonRow one = desk.with_id("1").value();
  EXPECT_EQ(one.login, "p1");
  EXPECT_EQ(one.home, "csv");
  EXPECT_EQ(one.seen, desk.clock.time);
  EXPECT_EQ(to_text(desk.registry->profile(one.profile).value()), "role=student\nyear=7\n");
  ASSERT_EQ(desk.records(), 1u);
  const StoredRecord record = store.ledger.record(0).value();
  EXPECT_EQ(record.type, "roster.import");
  EXPECT_NE(record.body.find("\"joins\":9"), std::string::npos) << record.body;
  EXPECT_EQ(record.body.find("Person"), std::string::npos) << record.body;
}

TEST_F(RosterImport, TheSameFileAgainChangesNobody) {
  import(kHeader + rows(1, 9));
  const PersonRow before = desk.with_id("1").value();
  const auto again = desk.apply(desk.upload(kHeader + rows(1, 9))).value();
  EXPECT_EQ(again.unchanged, 9u);
  EXPECT_EQ(again.joins + again.changes + again.leavers, 0u);
  EXPECT_EQ(desk.with_id("1").value(), before);
}

TEST_F(RosterImport, OneBadRowAndNothingIsImported) {
  const auto id = desk.upload(kHeader + rows(1, 9) + "10,p10,Ten,wizard,7\n");
  const ImportReport report = desk.imports.plan(1, id).value();
  ASSERT_EQ(report.errors.size(), 1u);
  EXPECT_EQ(report.errors[0].line, 11u);
  EXPECT_TRUE(report.errors[0].what.starts_with("role \"wizard\"")) << report.errors[0].what;
  const auto applied = desk.apply(id);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().code, Code::Invalid);
  EXPECT_TRUE(applied.error().message.starts_with("line 11: role")) << applied.error().message;
  EXPECT_FALSE(desk.with_id("1"));
  EXPECT_EQ(desk.records(), 0u);
}

TEST_F(RosterImport, AHalfFilledFileStopsUntilTheExactNumberIsAccepted) {
  import(kHeader + rows(1, 20));
  const auto id = desk.upload(kHeader + rows(1, 10));
  EXPECT_NE(desk.imports.plan(1, id).value().stops, "");
  for (const auto& accepted : {std::optional<std::size_t>{}, std::optional<std::size_t>{9}}) {
    const auto stopped = desk.apply(id, accepted);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, Code::Conflict);
    EXPECT_EQ(desk.with_id("20")->state, PersonState::Active);
  }
  ASSERT_TRUE(desk.apply(id, 10));
  EXPECT_EQ(desk.with_id("20")->state, PersonState::Left);
  EXPECT_EQ(desk.with_id("20")->login, "p20") << "theirs until it is used again";
}

TEST_F(RosterImport, AReusedLoginInheritsNothingA27) {
  import(kHeader + "1,jsmith,John Smith,student,7\n" + rows(2, 30));
  const PersonKey john = desk.with_id("1")->key;
  sign(john);
  import(kHeader + "99,jsmith,Jane Smith,student,7\n" + rows(2, 30));
  EXPECT_EQ(store.standings.find(1, "jsmith")->person, desk.with_id("99")->key);
  EXPECT_TRUE(signed_by("jsmith").empty());
  const PersonRow left = desk.with_id("1").value();
  EXPECT_EQ(left.key, john);
  EXPECT_EQ(left.state, PersonState::Left);
  EXPECT_EQ(left.login, "");
}

TEST_F(RosterImport, LoginsCanBeSwappedInOneFile) {
  import(kHeader + "1,a,A,student,7\n2,b,B,student,7\n");
  import(kHeader + "1,b,A,student,7\n2,a,B,student,7\n");
  EXPECT_EQ(desk.with_id("1")->login, "b");
  EXPECT_EQ(desk.with_id("2")->login, "a");
}

TEST_F(RosterImport, ARenamedPersonAndOneWhoComesBackKeepWhatTheySigned) {
  import(kHeader + rows(1, 30));
  const PersonKey one = desk.with_id("1")->key;
  sign(one);
  import(kHeader + rows(2, 30));
  EXPECT_EQ(desk.with_id("1")->state, PersonState::Left);
  import(kHeader + "1,newname,New Name,student,8\n" + rows(2, 30));
  EXPECT_EQ(desk.with_id("1")->key, one);
  EXPECT_EQ(desk.with_id("1")->state, PersonState::Active);
  EXPECT_EQ(signed_by("newname").size(), 1u);
}

TEST_F(RosterImport, ANewMisChangesNobodyWhileOneIdOverlaps) {
  import("mis_id,id:entra,login,name,role\n1,e1,a,A,student\n");
  const PersonKey before = desk.with_id("1")->key;
  import("id:entra,mis_id,login,name,role\ne1,NEW-7,a,A,student\n");
  import("mis_id,login,name,role\nNEW-7,a,A,student\n");
  EXPECT_EQ(desk.with_id("NEW-7")->key, before);
}

TEST_F(RosterImport, PeopleMadeByHandStay) {
  import(kHeader + rows(1, 30));
  auto state = std::make_shared<support::MemoryState>(*store.disk()->read());
  PersonRow local;
  local.id.bytes.fill(std::byte{9});
  local.school = 1;
  local.login = "ict";
  local.home = "local";
  const PersonKey key = state->put(local).value();
  store.disk()->write(state);
  import(kHeader + rows(1, 30));
  EXPECT_EQ(store.people.person(key)->state, PersonState::Active);
  EXPECT_FALSE(desk.apply(desk.upload(kHeader + rows(1, 30) + "77,ict,Thief,student,7\n")));
}

TEST_F(RosterImport, SchoolsAreApart) {
  import(kHeader + rows(1, 3));
  const auto id = desk.upload(kHeader + rows(1, 3), 2);
  EXPECT_FALSE(desk.imports.plan(1, id)) << "another school's import";
  EXPECT_EQ(desk.apply(id, {}, 2)->joins, 3u);
  EXPECT_NE(desk.with_id("1", 1)->key, desk.with_id("1", 2)->key);
}

TEST_F(RosterImport, LivesAnHourAndIsAppliedOnce) {
  const auto old = desk.upload(kHeader + rows(1, 3));
  const auto twice = desk.upload(kHeader + rows(1, 3));
  ASSERT_TRUE(desk.apply(twice));
  EXPECT_FALSE(desk.apply(twice));
  desk.clock.time += RosterImports::kLife;
  EXPECT_EQ(desk.imports.plan(1, old).error().code, Code::NotFound);
}

TEST_F(RosterImport, OpenImportsAreBoundedInBytesAndNumber) {
  const auto id = desk.imports.start(1, "csv", {}).value();
  EXPECT_TRUE(desk.imports.add(1, id, std::string(RosterImports::kBytesMax, ' ')));
  EXPECT_EQ(desk.imports.add(1, id, "x").error().code, Code::Invalid);
  EXPECT_EQ(desk.imports.add(1, id, "x").error().code, Code::NotFound) << "it is gone";
  const auto first = desk.imports.start(1, "csv", {}).value();
  for (std::size_t i = 1; i < RosterImports::kOpenMax; ++i) {
    desk.clock.time += minutes{1};
    EXPECT_TRUE(desk.imports.add(1, desk.imports.start(1, "csv", {}).value(), "x"));
  }
  EXPECT_TRUE(desk.imports.add(1, first, "x"));
  EXPECT_TRUE(desk.imports.start(1, "csv", {})) << "the oldest makes room";
  EXPECT_EQ(desk.imports.add(1, first, "x").error().code, Code::NotFound);
}

TEST_F(RosterImport, RefusesASourceOrAColumnThatItDoesNotKnow) {
  EXPECT_FALSE(desk.imports.start(1, "ldap", {}));
  EXPECT_FALSE(desk.imports.start(1, "csv", {{"surname", "S"}}));
  EXPECT_FALSE(desk.imports.start(9, "csv", {}));
}

TEST_F(RosterImport, LooksAtTheLevelsOfAllBehindTheCircuitBreaker) {
  auto schools = support::desk_schools();
  schools.front().levels.levels = {"unsigned", "ks3"};
  MemoryStore kept;
  Desk with{kept, {}, schools};
  ASSERT_TRUE(with.apply(with.upload(kHeader + rows(1, 9))));
  const auto sweeps = kept.sweeps.all().value();
  ASSERT_EQ(sweeps.size(), 1u);
  EXPECT_EQ(sweeps[0].cause, "roster csv");
  EXPECT_TRUE(sweeps[0].from_roster);
  EXPECT_EQ(sweeps[0].due, with.clock.time);
}

}  // namespace
}  // namespace assent
