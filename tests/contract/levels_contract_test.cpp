// What every store owes to levels: what is wanted, what is done, what waits, and the sweeps.

#include "tests/contract/stores.h"

namespace assent::contract {
namespace {

class LevelsStore : public StoreTest {
 protected:
  LevelRow wanted(PersonKey who, std::string level, std::int64_t when, bool swept = false) {
    return {who, 1, std::move(level), "rule 1", at(when), swept};
  }
  PersonKey someone(unsigned number, SchoolKey school = 1) {
    return put({person(number, "p" + std::to_string(number), "Ann", "9B", school)});
  }
  LevelState state(PersonKey who) { return store_->levels.of(who).value().value(); }
  std::vector<PersonKey> pending(Time now = at(1'000), std::size_t limit = 10) {
    std::vector<PersonKey> out;
    for (const auto& each : store_->levels.pending(1, "dir", now, limit).value())
      out.push_back(each.state.person);
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(All, LevelsStore, kStores, name_of);

using Keys = std::vector<PersonKey>;

TEST_P(LevelsStore, AnotherLevelIsAChangeAndTheSameOneIsNone) {
  const auto ann = someone(1);
  EXPECT_EQ(put({wanted(ann, "ks3", 1)}), 1);
  EXPECT_EQ(put({wanted(ann, "ks3", 2)}), 0);
  EXPECT_EQ(put({wanted(ann, "unsigned", 3, true)}), 2);
  reopen();
  LevelState expected;
  expected.person = ann;
  expected.level = "unsigned";
  expected.why = "rule 1";
  expected.decided = at(3);
  expected.swept = true;
  expected.change = 2;
  EXPECT_EQ(state(ann), expected);
  EXPECT_EQ(store_->levels.of(ann + 1).value(), std::nullopt);
}

TEST_P(LevelsStore, ManyAreAskedAboutAtOnce) {
  const auto ann = someone(1), ben = someone(2), cy = someone(3);
  put({wanted(ann, "ks3", 1), wanted(cy, "ks4", 1)});
  const auto levels = store_->levels.of(std::vector{cy, ben, ann, cy}).value();
  ASSERT_EQ(levels.size(), 4u);
  EXPECT_EQ(levels[0]->level, "ks4");
  EXPECT_EQ(levels[1], std::nullopt);
  EXPECT_EQ(levels[2]->level, "ks3");
  EXPECT_EQ(levels[3], levels[0]);
  EXPECT_TRUE(store_->levels.of(std::vector<PersonKey>{}).value().empty());
}

TEST_P(LevelsStore, OnlyWhoHadALevelCanLoseIt) {
  const auto ann = someone(1);
  EXPECT_EQ(put({wanted(ann, "", 1)}), 0);
  EXPECT_EQ(store_->levels.of(ann).value(), std::nullopt);
  put({wanted(ann, "ks3", 2)});
  EXPECT_EQ(put({wanted(ann, "", 3)}), 2);
  EXPECT_EQ(state(ann).level, "");
}

TEST_P(LevelsStore, WhatIsDoneWaitsNoLonger) {
  const auto ann = someone(1);
  put({wanted(ann, "ks3", 1)});
  EXPECT_EQ(pending(), Keys{ann});
  put({LevelAppliedRow{ann, 1, "ks3", at(5), "", {}}});
  reopen();
  EXPECT_EQ(pending(), Keys{});
  EXPECT_EQ(state(ann).applied_level, "ks3");
  EXPECT_EQ(state(ann).applied_change, 1u);
  EXPECT_EQ(state(ann).applied, at(5));
}

TEST_P(LevelsStore, AnOlderChangeThatIsDoneIsHeldAndTheNewerStillWaits) {
  const auto ann = someone(1);
  put({wanted(ann, "ks3", 1)});
  put({wanted(ann, "unsigned", 2)});
  put({LevelAppliedRow{ann, 1, "ks3", at(5), "", {}}});
  EXPECT_EQ(pending(), Keys{ann});
  EXPECT_EQ(state(ann).applied_level, "ks3");
  put({LevelAppliedRow{ann, 2, "unsigned", at(6), "", {}}});
  put({LevelAppliedRow{ann, 1, "ks3", at(7), "", {}}});  // told late
  EXPECT_EQ(state(ann).applied_level, "unsigned");
  put({LevelAppliedRow{ann, 9, "staff", at(8), "", {}}});  // nobody decided that
  EXPECT_EQ(state(ann).applied_level, "unsigned");
}

TEST_P(LevelsStore, WhatWasHeldWhenTheDayBeganIsKept) {
  const auto ann = someone(1);
  const auto apply = [&](const std::string& level, int when, int day) {
    put({wanted(ann, level, when)});
    const auto change = state(ann).change;
    put({LevelAppliedRow{ann, change, level, at(when), "", {}, at(day)}});
    reopen();
    return state(ann).night_level;
  };
  EXPECT_EQ(apply("ks3", 110, 100), "");
  EXPECT_EQ(apply("ks4", 120, 100), "");  // the same day: nothing was held when it began
  EXPECT_EQ(apply("unsigned", 210, 200), "ks4");
  EXPECT_EQ(apply("ks3", 220, 200), "ks4");
  EXPECT_EQ(apply("ks4", 300, 300), "ks3");
  put({wanted(ann, "ks3", 410)});
  put({LevelAppliedRow{ann, state(ann).change, "", at(410), "refused", at(411), at(400)}});
  EXPECT_EQ(state(ann).night_level, "ks3");  // nothing was applied
}

TEST_P(LevelsStore, AFailureIsKeptAndIsTriedAgainInItsTime) {
  const auto ann = someone(1);
  put({wanted(ann, "ks3", 1)});
  put({LevelAppliedRow{ann, 1, "", at(5), "no such person", at(50)}});
  put({LevelAppliedRow{ann, 1, "", at(6), "refused", at(60)}});
  EXPECT_EQ(state(ann).attempts, 2u);
  EXPECT_EQ(state(ann).error, "refused");
  EXPECT_EQ(pending(at(59)), Keys{});
  EXPECT_EQ(pending(at(60)), Keys{ann});
  EXPECT_EQ(store_->levels.waiting(1, "").value(), (WaitingLevels{1, 0, at(1), at(60)}));
  put({wanted(ann, "unsigned", 7)});  // a new one is tried at once, whatever the old one met
  EXPECT_EQ(pending(at(7)), Keys{ann});
  put({LevelAppliedRow{ann, 1, "", at(8), "too late to matter", at(90)}});
  EXPECT_EQ(state(ann).error, "");
  EXPECT_EQ(state(ann).attempts, 0u);
  put({LevelAppliedRow{ann + 1, 1, "ks3", at(8), "", {}}});  // nobody's: nothing
}

TEST_P(LevelsStore, WhatPeopleDidGoesFirstThenTheOldest) {
  const auto swept = someone(1), late = someone(2), early = someone(3), other = someone(4, 2);
  put({wanted(swept, "ks3", 1, true), wanted(late, "ks3", 9), wanted(early, "ks3", 5),
       LevelRow{other, 2, "ks3", "", at(1), false}});
  EXPECT_EQ(pending(), (Keys{early, late, swept}));
  EXPECT_EQ(pending(at(1'000), 2), (Keys{early, late}));
  EXPECT_EQ(store_->levels.waiting(1, "").value(), (WaitingLevels{3, 0, at(1), Time{}}));
  EXPECT_EQ(store_->levels.waiting(3, "dir").value(), WaitingLevels{});
}

TEST_P(LevelsStore, NamesPeopleAsTheAskedSourceDoes) {
  const auto ann = someone(1), bob = someone(2);
  put({IdentityRow{"dir", "guid-b", ann, 1}, IdentityRow{"dir", "guid-a", ann, 1},
       IdentityRow{"mis", "4711", ann, 1}, wanted(ann, "ks3", 1), wanted(bob, "ks3", 2)});
  const auto found = store_->levels.pending(1, "dir", at(9), 1).value();
  ASSERT_EQ(found.size(), 1u);  // the limit counts people, not their ids
  EXPECT_EQ(found[0].externals, (std::vector<std::string>{"guid-a", "guid-b"}));
  std::vector<std::size_t> ids;
  ASSERT_TRUE(store_->levels.each(1, "dir", [&](const OutputLevel& each) {
    ids.push_back(each.externals.size());
    EXPECT_EQ(state(each.state.person), each.state);  // a reader inside a reader
    return true;
  }));
  EXPECT_EQ(ids, (std::vector<std::size_t>{2, 0}));
  int calls = 0;
  ASSERT_TRUE(store_->levels.each(1, "dir", [&](const auto&) { return ++calls, false; }));
  EXPECT_EQ(calls, 1);
}

TEST_P(LevelsStore, WhomTheSourceDoesNotKnowDoesNotWait) {
  const auto ann = someone(1), made_by_hand = someone(2), gone = someone(3);
  put({IdentityRow{"dir", "guid-a", ann, 1}, IdentityRow{"mis", "4711", made_by_hand, 1},
       wanted(made_by_hand, "staff", 1), wanted(ann, "ks3", 5), wanted(gone, "ks3", 6)});
  EXPECT_EQ(store_->levels.waiting(1, "dir").value(), (WaitingLevels{1, 2, at(5), Time{}}));
  EXPECT_EQ(store_->levels.waiting(1, "mis").value(), (WaitingLevels{1, 2, at(1), Time{}}));
  put({wanted(gone, "", 7)});  // nothing has to be put anywhere for them
  EXPECT_EQ(store_->levels.waiting(1, "dir").value(), (WaitingLevels{2, 1, at(5), Time{}}));
  put({LevelAppliedRow{ann, 1, "ks3", at(8), "", {}}, LevelAppliedRow{gone, 2, "", at(8), "", {}}});
  EXPECT_EQ(store_->levels.waiting(1, "dir").value().count, 0u);
}

TEST_P(LevelsStore, WalksTheSchoolsPeopleInOrder) {
  const auto ann = someone(1), other = someone(2, 2), bob = someone(3), cat = someone(4);
  EXPECT_EQ(store_->sweeps.people_after(1, 0, 2).value(), (Keys{ann, bob}));
  EXPECT_EQ(store_->sweeps.people_after(1, bob, 2).value(), Keys{cat});
  EXPECT_EQ(store_->sweeps.people_after(2, ann, 2).value(), Keys{other});
  EXPECT_EQ(store_->sweeps.people_after(1, cat, 2).value(), Keys{});
}

TEST_P(LevelsStore, SweepsStayUntilTheyAreDone) {
  SweepRow later{0, 1, at(9), "student v7 enforced"}, roster{0, 2, at(3), "roster csv", true};
  later.key = put({later});
  roster.key = put({roster});
  EXPECT_GT(roster.key, later.key);
  EXPECT_EQ(store_->sweeps.all().value(), (std::vector{roster, later}));
  roster.cursor = 44;
  roster.held = 120;
  roster.by_two = true;
  roster.confirmed_by = "p_7Q2M";
  roster.passed = true;
  EXPECT_EQ(put({roster}), roster.key);
  reopen();
  EXPECT_EQ(store_->sweeps.all().value(), (std::vector{roster, later}));
  roster.done = true;
  put({roster});
  EXPECT_EQ(store_->sweeps.all().value(), std::vector{later});
  EXPECT_EQ(refusal({roster}), Code::NotFound);
  roster.done = false;
  EXPECT_EQ(refusal({roster}), Code::NotFound);
}

TEST_P(LevelsStore, RefusesRowsThatPointNowhere) {
  EXPECT_EQ(refusal({wanted(44, "ks3", 1)}), Code::Invalid);
  EXPECT_EQ(refusal({SweepRow{0, 9, at(1), "roster"}}), Code::Invalid);
}

// The level is written with the answer, or neither is.
TEST_P(LevelsStore, AFaultAtAnyStatementLeavesNeitherTheLevelNorTheSweep) {
  const auto ann = someone(1);
  for (const auto fault : {store::Fault::Lost, store::Fault::KeptButReportedLost}) {
    for (int nth = 0; nth < 3; ++nth) {
      reopen([=, calls = 0](store::FaultPoint reached) mutable {
        return reached == store::FaultPoint::Statement && calls++ == nth ? fault
                                                                         : store::Fault::None;
      });
      EXPECT_EQ(refusal({wanted(ann, "ks3", 1), LevelAppliedRow{ann, 1, "ks3", at(2), "", {}},
                         SweepRow{0, 1, at(1), "roster"}}),
                Code::Unavailable);
      reopen();
      EXPECT_EQ(store_->levels.of(ann).value(), std::nullopt) << nth;
      EXPECT_TRUE(store_->sweeps.all().value().empty()) << nth;
    }
  }
}

}  // namespace
}  // namespace assent::contract
