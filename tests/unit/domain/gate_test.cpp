// decide(): who is asked what, how strongly, and how often they may answer "later".

#include "tests/unit/domain/gate_fixture.h"

namespace assent {
namespace {

using test::day;
using test::GateDecision;
using test::version;

TEST_F(GateDecision, TheFirstTimeAsksForTheWholeText) {
  const Owed owed = asked(20);
  EXPECT_EQ(at(20).verdict, Verdict::Ask);
  EXPECT_EQ(owed.why, Why::FirstTime);
  EXPECT_EQ(owed.from, 0u);
  EXPECT_EQ(owed.to->number(), 1u);
  EXPECT_EQ(owed.mode, Mode::Agree);
  answer(Act::Agree, 1, 20);
  expect_clear(20);
}

TEST_F(GateDecision, AFutureVersionIsInvisibleUntilItsInstant) {
  expect_clear(9, Reason::NothingOwed);
  publish("student", {version(1, Mode::Agree, 10, 10), version(2, Mode::Agree, 30, 30)});
  answer(Act::Agree, 1, 20);
  expect_clear(29);
  EXPECT_EQ(decide(facts, audience, school, catalogue, day(30) - milliseconds{1}).verdict,
            Verdict::Clear);
  EXPECT_EQ(asked(30).to->number(), 2u);
}

TEST_F(GateDecision, TheStrongestModeOfTheMissedVersionsDecides) {
  const std::vector<PublishedVersion> all = {
      version(1, Mode::Agree, 10, 10), version(2, Mode::Agree, 11, 11),
      version(3, Mode::Acknowledge, 12, 12), version(4, Mode::Editorial, 13, 13)};
  publish("student", all);
  struct Case {
    std::uint32_t accepted;
    std::optional<Mode> mode;
    Verdict verdict;
  };
  for (const Case& c :
       {Case{1, Mode::Agree, Verdict::Ask}, Case{2, Mode::Acknowledge, Verdict::Acknowledge},
        Case{3, std::nullopt, Verdict::Clear}, Case{4, std::nullopt, Verdict::Clear}}) {
    facts.standings.clear();
    answer(Act::Agree, c.accepted, 14);
    const auto decision = at(20);
    EXPECT_EQ(decision.verdict, c.verdict) << c.accepted;
    ASSERT_EQ(decision.asked.size(), c.mode ? 1u : 0u) << c.accepted;
    if (!c.mode) continue;
    EXPECT_EQ(decision.asked[0].mode, *c.mode);
    EXPECT_EQ(decision.asked[0].why, Why::Amended);
    EXPECT_EQ(decision.asked[0].from, c.accepted);
    EXPECT_EQ(decision.asked[0].to->number(), 4u);
  }
}

TEST_F(GateDecision, VersionsAreOrderedByNumberNeverByDate) {
  publish("student", {version(1, Mode::Agree, 30, 30), version(2, Mode::Agree, 10, 10)});
  EXPECT_EQ(asked(20).to->number(), 2u);
  answer(Act::Agree, 2, 20);
  expect_clear(31);  // version 1 is later by date, and older
}

TEST_F(GateDecision, AFirstAcceptanceIsMadeAtLeastAsTheSchoolAndTheVersionsSay) {
  struct Case {
    Mode version, first, asked;
  };
  for (const Case& c : {Case{Mode::Agree, Mode::Agree, Mode::Agree},
                        Case{Mode::Agree, Mode::Acknowledge, Mode::Agree},
                        Case{Mode::Acknowledge, Mode::Agree, Mode::Agree},
                        Case{Mode::Acknowledge, Mode::Acknowledge, Mode::Acknowledge},
                        Case{Mode::Editorial, Mode::Acknowledge, Mode::Acknowledge}}) {
    publish("student", {version(1, c.version, 10, 10)});
    student().first = c.first;
    EXPECT_EQ(asked(20).mode, c.asked);
  }
}

TEST_F(GateDecision, ARetiredPolicyIsOwedByNobody) {
  catalogue.policies[0].retired = true;
  expect_clear(20, Reason::NothingOwed);
}

TEST_F(GateDecision, RenewalAsksForTheWholeTextFromItsInstantOn) {
  catalogue.policies[0].renewals = {day(40)};
  answer(Act::Agree, 1, 20);
  expect_clear(39);
  EXPECT_EQ(decide(facts, audience, school, catalogue, day(40) - milliseconds{1}).verdict,
            Verdict::Clear);
  const Owed owed = asked(40);
  EXPECT_EQ(owed.why, Why::Renewal);
  EXPECT_EQ(owed.from, 0u);
  answer(Act::Agree, 1, 40);  // at the instant itself
  expect_clear(400);
}

TEST_F(GateDecision, ARenewalIsNotWeakerThanTheVersionsMissed) {
  publish("student", {version(1, Mode::Acknowledge, 10, 10), version(2, Mode::Agree, 30, 30)});
  catalogue.policies[0].renewals = {day(40)};
  student().first = Mode::Acknowledge;
  answer(Act::Acknowledge, 1, 20);
  EXPECT_EQ(asked(41).mode, Mode::Agree);
  answer(Act::Agree, 2, 35);
  EXPECT_EQ(asked(41).mode, Mode::Acknowledge);  // nothing missed: the renewal alone
}

TEST_F(GateDecision, ANewBandIsShownInFullOnce) {
  audience.style = Style::Ks2;
  answer(Act::Agree, 1, 20);
  audience.style = Style::Std;
  const Owed owed = asked(21);
  EXPECT_EQ(owed.why, Why::NewBand);
  EXPECT_EQ(owed.from, 0u);
  EXPECT_EQ(owed.mode, Mode::Acknowledge);
  EXPECT_EQ(at(21).verdict, Verdict::Acknowledge);
  answer(Act::Acknowledge, 1, 21);
  expect_clear(22);
}

TEST_F(GateDecision, ANewBandIsNotAskedAboutWhereThePolicyHasOneTextForBoth) {
  publish("student", {version(1, Mode::Agree, 10, 10, {Style::Std})});
  audience.style = Style::Ks2;
  answer(Act::Agree, 1, 20);
  audience.style = Style::Std;
  expect_clear(21);
  publish("student", {version(1, Mode::Agree, 10, 10, {Style::Std}),
                      version(2, Mode::Agree, 30, 30, {Style::Std})});
  EXPECT_EQ(asked(31).why, Why::Amended);
  publish("student", {version(1, Mode::Agree, 10, 10, {Style::Std}),
                      version(2, Mode::Editorial, 30, 30, {Style::Std, Style::Ks2})});
  EXPECT_EQ(asked(31).why, Why::NewBand);
}

TEST_F(GateDecision, ANewBandWithAMissedVersionAsksAsThatVersionDoes) {
  publish("student", {version(1, Mode::Agree, 10, 10), version(2, Mode::Agree, 30, 30)});
  audience.style = Style::Ks2;
  answer(Act::Agree, 1, 20);
  audience.style = Style::Std;
  EXPECT_EQ(asked(31).mode, Mode::Agree);
}

TEST_F(GateDecision, A7_ALoginThatCannotBeAskedIsPutOffThreeTimesWhateverTheSchoolAllows) {
  publish("student", {version(1, Mode::Agree, 10, 1'000)});
  for (const Enforcement enforcement : {Enforcement::Ask, Enforcement::Enforce}) {
    student().enforcement = enforcement;
    student().later_times = 20;
    facts.standings.clear();
    for (int times = 0; times < 3; ++times) {
      EXPECT_TRUE(asked(20).may_defer_unasked);
      answer(Act::Defer, 1, 20);
    }
    EXPECT_TRUE(asked(20).may_defer);
    EXPECT_FALSE(asked(20).may_defer_unasked);
  }
}

TEST_F(GateDecision, EnforcementSaysWhoIsAskedAndWhoMayAnswerLater) {
  publish("student", {version(1, Mode::Agree, 10, 30)});
  struct Case {
    Enforcement enforcement;
    int on;
    Verdict verdict;
    Reason reason;
    bool later;
  };
  for (const Case& c : {Case{Enforcement::Observe, 20, Verdict::Clear, Reason::Observed, true},
                        Case{Enforcement::Observe, 40, Verdict::Clear, Reason::Observed, false},
                        Case{Enforcement::Ask, 20, Verdict::Ask, Reason::Owes, true},
                        Case{Enforcement::Ask, 40, Verdict::Ask, Reason::Owes, true},
                        Case{Enforcement::Enforce, 20, Verdict::Ask, Reason::Owes, true},
                        Case{Enforcement::Enforce, 40, Verdict::Ask, Reason::Owes, false}}) {
    student().enforcement = c.enforcement;
    const auto decision = at(c.on);
    EXPECT_EQ(decision.verdict, c.verdict);
    EXPECT_EQ(decision.reason, c.reason);
    const auto& list = c.verdict == Verdict::Clear ? decision.observed : decision.asked;
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].may_defer, c.later) << c.on;
    EXPECT_EQ(list[0].observed, c.enforcement == Enforcement::Observe);
  }
}

TEST_F(GateDecision, AFreshInstallationObserves) {
  school.policies.clear();
  expect_clear(20, Reason::Observed);
}

// A7: deferring ends by number and by date.
TEST_F(GateDecision, A7_LaterIsCountedAndNeverGoesPastTheEnforcedInstant) {
  publish("student", {version(1, Mode::Agree, 10, 30)});
  for (unsigned left = 3; left > 0; --left) {
    EXPECT_TRUE(asked(20).may_defer);
    EXPECT_EQ(asked(20).deferrals_left, left);
    answer(Act::Defer, 1, 20);
  }
  EXPECT_FALSE(asked(20).may_defer);
  EXPECT_EQ(asked(20).deferrals_left, 0);

  facts.standings.clear();
  answer(Act::Defer, 1, 20);
  const Owed before =
      decide(facts, audience, school, catalogue, day(30) - milliseconds{1}).asked[0];
  EXPECT_TRUE(before.may_defer);
  EXPECT_EQ(before.deferrals_left, 2);
  EXPECT_FALSE(asked(30).may_defer);
  EXPECT_EQ(asked(30).deferrals_left, 0);
}

TEST_F(GateDecision, LaterIsCountedAgainForAnotherVersion) {
  publish("student", {version(1, Mode::Agree, 10, 90), version(2, Mode::Agree, 20, 90)});
  for (int i = 0; i < 3; ++i) answer(Act::Defer, 1, 15);
  EXPECT_FALSE(asked(15).may_defer);
  EXPECT_EQ(asked(20).deferrals_left, 3);
  answer(Act::Defer, 2, 20);
  EXPECT_EQ(asked(20).deferrals_left, 2);
}

TEST_F(GateDecision, WhereEnforcementOnlyAsksLaterHasNoEnd) {
  student().enforcement = Enforcement::Ask;
  for (int i = 0; i < 300; ++i) answer(Act::Defer, 1, 20);
  EXPECT_TRUE(asked(900).may_defer);
  EXPECT_GE(asked(900).deferrals_left, 1);
}

}  // namespace
}  // namespace assent
