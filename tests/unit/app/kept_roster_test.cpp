// One school kept in step with its directory: when it is read, and what stops it.
#include "service/app/kept_roster.h"

#include "tests/support/live_school.h"

namespace assent {
namespace {

struct KeptRosterTest : support::LiveSchool {
  unsigned told = 0;
  std::unique_ptr<KeptRoster> kept = make(minutes{60});

  std::unique_ptr<KeptRoster> make(std::optional<minutes> every) {
    return std::make_unique<KeptRoster>(KeptRoster::Needs{1, desk.imports,
                                                          std::make_unique<support::FakeFeed>(feed),
                                                          every, [this] { ++told; }, desk.clock});
  }
  // What is due now, to its end.
  RosterStatus settle() {
    kept->step();
    while (kept->status().reading) {
      std::this_thread::yield();
      kept->step();
    }
    return kept->status();
  }
  RosterStatus after(milliseconds time) {
    desk.clock.time += time;
    return settle();
  }
  void import_by_hand() { ASSERT_TRUE(desk.apply(started_and_read())); }
  void begin_with(std::size_t people) {
    server.fill(people);
    import_by_hand();
    server.readings = 0;
    ASSERT_EQ(settle().error, "");
    ASSERT_EQ(server.readings, 1u);
  }
};

// Who has just written a [directory] looks at what it gives before anybody joins.
TEST_F(KeptRosterTest, TheFirstImportIsMadeByHand) {
  server.fill(3);
  const RosterStatus first = settle();
  EXPECT_NE(first.stopped.find("by hand"), std::string::npos);
  EXPECT_EQ(first.found->joins, 3u);
  EXPECT_EQ(desk.records(), 0u);
  import_by_hand();
  kept->ask();
  EXPECT_EQ(settle().stopped, "");
  server.people.push_back(support::live_person(4, "4", "p4"));
  EXPECT_EQ(after(hours{1}).stopped, "");
  EXPECT_TRUE(desk.with_id("m4"));
}

TEST_F(KeptRosterTest, IsReadAtTheStartAndThenAtIntervals) {
  begin_with(30);
  const Time begun = desk.clock.time;
  EXPECT_EQ(after(minutes{59}).last_read, begun);
  EXPECT_EQ(after(minutes{1}).last_read, desk.clock.time);
  EXPECT_EQ(server.readings, 2u);
}

// Most readings find nothing: the log has no entry for them.
TEST_F(KeptRosterTest, AReadingThatFindsNothingIsNotRecorded) {
  begin_with(30);
  const auto records = desk.records();
  const RosterStatus quiet = after(hours{1});
  EXPECT_EQ(quiet.found->unchanged, 30u);
  EXPECT_FALSE(quiet.last_import);
  EXPECT_EQ(desk.records(), records);
  server.people[0].name = "Another name";
  EXPECT_EQ(after(hours{1}).last_import, desk.clock.time);
  EXPECT_EQ(desk.records(), records + 1);
  EXPECT_EQ(store.ledger.record(records).value().body.find("\"by\""), std::string::npos);
  EXPECT_EQ(desk.with_id("m1")->name, "Another name");
}

TEST_F(KeptRosterTest, AChangeIsReadSoonAndManyAreReadOnce) {
  begin_with(30);
  server.people[0].name = "Another name";
  for (int i = 0; i < 5; ++i) {
    ++feed.changes;
    (void)after(KeptRoster::kListenEvery);
  }
  EXPECT_EQ(desk.with_id("m1")->name, "Another name");
  EXPECT_LE(server.readings, 3u);
  EXPECT_GE(told, 5u);
}

TEST_F(KeptRosterTest, WhatChangesDuringAReadingIsReadAfterIt) {
  begin_with(30);
  server.waits = true;
  desk.clock.time += hours{1};
  kept->step();  // begins to read
  ++feed.changes;
  desk.clock.time += KeptRoster::kListenEvery;
  kept->step();
  EXPECT_TRUE(kept->status().reading);
  server.go.set_value();
  (void)settle();
  EXPECT_EQ(server.readings, 2u);
  (void)after(minutes{1});
  EXPECT_EQ(server.readings, 3u);
}

TEST_F(KeptRosterTest, APartialReadingChangesNobodyAndIsTriedAgain) {
  begin_with(30);
  server.people.resize(10);
  server.outcome = fail(Code::Unavailable, "the connection broke");
  const RosterStatus broken = after(hours{1});
  EXPECT_EQ(broken.error, "the connection broke");
  EXPECT_EQ(broken.found->unchanged, 30u);  // of the reading before
  const unsigned before = server.readings;
  for (int second = 0; second < 60; ++second) (void)after(seconds{1});
  EXPECT_GE(server.readings - before, 60u / 5);
  EXPECT_LE(server.readings - before, 15u);
  server.people.clear();
  server.fill(30);
  server.outcome = {};
  EXPECT_EQ(after(KeptRoster::kAwayMax).error, "");
  EXPECT_EQ(desk.with_id("m30")->state, PersonState::Active);
}

TEST_F(KeptRosterTest, AFaultInTheDirectoryIsNotReadAgainAndAgain) {
  begin_with(30);
  server.outcome = fail(Code::Invalid, "line 7: no name");
  EXPECT_EQ(after(hours{1}).error, "p7: no name");
  for (int second = 0; second < 300; ++second) (void)after(seconds{1});
  EXPECT_LE(server.readings, 2u + 6u + 300u / 60);
}

TEST_F(KeptRosterTest, TooManyLeaversWaitForSomebody) {
  begin_with(30);
  server.people.resize(20);
  const auto records = desk.records();
  const RosterStatus stopped = after(hours{1});
  EXPECT_NE(stopped.stopped.find("10 of 30 people would leave"), std::string::npos)
      << stopped.stopped;
  EXPECT_EQ(stopped.error, "");
  for (int second = 0; second < 600; ++second) (void)after(seconds{1});
  EXPECT_EQ(server.readings, 2u);
  EXPECT_EQ(desk.records(), records);
  server.people.clear();
  server.fill(30);
  ++feed.changes;
  EXPECT_EQ(after(KeptRoster::kListenEvery).stopped, "");
}

TEST_F(KeptRosterTest, WhereChangesAreNotToldItIsReadAtIntervals) {
  feed.silent = true;
  begin_with(30);
  EXPECT_NE(kept->status().deaf.find("tells nobody"), std::string::npos);
  EXPECT_FALSE(kept->is_stale());  // nothing failed
  const unsigned asked = feed.asked;
  for (int minute = 0; minute < 59; ++minute) (void)after(minutes{1});
  EXPECT_EQ(feed.asked, asked);
  EXPECT_EQ(server.readings, 1u);
  (void)after(minutes{1});
  EXPECT_EQ(server.readings, 2u);
}

// Whatever was missed meanwhile.
TEST_F(KeptRosterTest, ADirectoryThatIsBackIsReadWithinSeconds) {
  begin_with(30);
  feed.away = true;
  EXPECT_NE(after(minutes{5}).deaf, "");
  EXPECT_TRUE(kept->is_stale());
  feed.away = false;
  EXPECT_EQ(after(KeptRoster::kAwayMax).deaf, "");
  EXPECT_FALSE(kept->is_stale());
  EXPECT_EQ(server.readings, 2u);
}

TEST_F(KeptRosterTest, WithoutAnIntervalItOnlyListens) {
  server.fill(3);
  kept = make(std::nullopt);
  (void)settle();
  ++feed.changes;
  (void)after(hours{2});
  EXPECT_EQ(server.readings, 0u);
  EXPECT_EQ(told, 2u);
}

// Somebody's own import is neither kept waiting nor mixed up with it.
TEST_F(KeptRosterTest, AnImportByHandGoesOnBesideIt) {
  begin_with(30);
  server.waits = true;
  desk.clock.time += hours{1};
  kept->step();
  EXPECT_TRUE(kept->status().reading);
  const auto id = desk.imports.start(1, "ldap", {});
  ASSERT_TRUE(id) << id.error().message;
  server.go.set_value();
  while (!desk.imports.progress(1, *id).value().ready) std::this_thread::yield();
  EXPECT_EQ(desk.apply(*id).value().unchanged, 30u);
  EXPECT_EQ(settle().error, "");
}

TEST_F(KeptRosterTest, AReadingThatSomebodyOvertookIsReadAgain) {
  begin_with(30);
  server.people[0].name = "Older";
  const unsigned before = server.answered;
  desk.clock.time += hours{1};
  kept->step();  // begins to read
  while (server.answered == before) std::this_thread::yield();
  server.people[0].name = "Newer";
  import_by_hand();
  EXPECT_NE(settle().error.find("newer reading"), std::string::npos) << kept->status().error;
  EXPECT_EQ(after(seconds{1}).error, "");
  EXPECT_EQ(desk.with_id("m1")->name, "Newer");
}

}  // namespace
}  // namespace assent
