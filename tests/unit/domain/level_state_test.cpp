// Where somebody stands: every row of the grace rule (docs/decisions/0009-grace.md), what a no
// leads to, and that publishing tightens nobody (A6).

#include "service/domain/level.h"

#include "tests/unit/domain/gate_fixture.h"

#include <rapidcheck/gtest.h>

namespace assent {
namespace {

using test::day;
using test::version;

constexpr auto kCurrent = AcceptanceState::Current, kGrace = AcceptanceState::Grace,
               kUnsigned = AcceptanceState::Unsigned;

// Version 1 is owed from day 10 and enforced from day 20.
struct GraceRule : test::GateDecision {
  GraceRule() {
    publish("student", {version(1, Mode::Agree, 10, 20)});
    school.levels.levels = {"unsigned", "staff-limited", "supervised", "ks3"};
  }
  void amend(Mode mode, int effective, int enforced) {
    auto versions = catalogue.policies.front().versions;
    versions.push_back(version(std::uint32_t(versions.size() + 1), mode, effective, enforced));
    publish("student", std::move(versions));
  }
  AcceptanceState state(Time now) const {
    const Decision decision = decide(facts, audience, school, catalogue, now);
    return acceptance_state(decision, facts, school, now);
  }
  AcceptanceState state(int on) const { return state(day(on)); }
  std::string outcome(int on) const { return outcome_level(at(on), facts, school); }
};

TEST_F(GraceRule, CurrentIsWhoOwesNothingThatIsAsked) {
  EXPECT_EQ(state(9), kCurrent);  // nothing is in force
  answer(Act::Agree, 1, 12);
  EXPECT_EQ(state(12), kCurrent);
  EXPECT_EQ(state(400), kCurrent);
  amend(Mode::Editorial, 30, 30);
  EXPECT_EQ(state(31), kCurrent);
}

TEST_F(GraceRule, WhatIsOnlyObservedReducesNobody) {
  student().enforcement = Enforcement::Observe;
  EXPECT_EQ(state(50), kCurrent);
  answer(Act::Decline, 1, 50);
  EXPECT_EQ(state(51), kCurrent);
}

TEST_F(GraceRule, WhoNeverSignedHasUntilItIsEnforced) {
  EXPECT_EQ(state(10), kGrace);
  EXPECT_EQ(state(day(20) - milliseconds{1}), kGrace);
  EXPECT_EQ(state(20), kUnsigned);
  student().enforcement = Enforcement::Ask;
  EXPECT_EQ(state(20), kGrace);
}

TEST_F(GraceRule, WhatIsEnforcedFromItsFirstDayLeavesThatDay) {
  publish("student", {version(1, Mode::Agree, 10, 10)});
  EXPECT_EQ(state(10), kGrace);
  EXPECT_EQ(state(day(11) - milliseconds{1}), kGrace);
  EXPECT_EQ(state(11), kUnsigned);
}

TEST_F(GraceRule, ANewPupilIsUnsignedFromTheFirstSecondOfAnOldPolicy) {
  amend(Mode::Acknowledge, 300, 350);
  EXPECT_EQ(state(299), kUnsigned);
  EXPECT_EQ(state(300), kUnsigned);  // an amendment gives who never signed no second grace
  answer(Act::Agree, 2, 301);
  EXPECT_EQ(state(301), kCurrent);
}

TEST_F(GraceRule, AnAmendmentLeavesWhoSignedBeforeInGraceUntilTheyWereAskedA6) {
  answer(Act::Agree, 1, 12);
  amend(Mode::Agree, 100, 100);
  EXPECT_EQ(state(99), kCurrent);
  EXPECT_EQ(state(100), kGrace);
  EXPECT_EQ(state(999), kGrace);  // whoever is not there is not asked
  answer(Act::Help, 2, 120);
  EXPECT_EQ(state(120), kUnsigned);
  answer(Act::Agree, 2, 121);
  EXPECT_EQ(state(121), kCurrent);
}

TEST_F(GraceRule, ARenewalIsAnAmendmentOfNothing) {
  answer(Act::Agree, 1, 12);
  catalogue.policies.front().renewals = {day(100)};
  EXPECT_EQ(state(100), kGrace);
  answer(Act::Decline, 1, 101);
  EXPECT_EQ(state(101), kUnsigned);
}

TEST_F(GraceRule, ANoIsUnsignedAndSoIsAWithdrawal) {
  for (const Act act : {Act::Decline, Act::Help}) {
    facts.standings.clear();
    answer(act, 1, 12);
    EXPECT_EQ(state(12), kUnsigned) << to_text(act);
    student().enforcement = Enforcement::Ask;
    EXPECT_EQ(state(12), kUnsigned) << to_text(act);
    student().enforcement = Enforcement::Enforce;
  }
  answer(Act::Agree, 1, 13);
  answer(Act::Withdraw, 1, 14);
  EXPECT_EQ(state(14), kUnsigned);
}

TEST_F(GraceRule, ANoStaysOneWhenTheNextVersionComes) {
  answer(Act::Agree, 1, 12);
  amend(Mode::Agree, 30, 90);
  answer(Act::Decline, 2, 31);
  amend(Mode::Agree, 40, 90);
  EXPECT_EQ(state(40), kUnsigned);
  answer(Act::Defer, 3, 41);
  EXPECT_EQ(state(41), kGrace);
}

TEST_F(GraceRule, ANoToWhatIsNoLongerOwedIsNoneToTheNextVersion) {
  answer(Act::Agree, 1, 12);
  audience.style = Style::Ks2;  // asked again, in a new band
  for (const Act act : {Act::Decline, Act::Help, Act::Defer}) {
    answer(act, 1, 13);
    audience.style = Style::Std;  // a mistake of the roster: it asked in vain
    EXPECT_EQ(state(14), kCurrent);
    const auto before = catalogue;
    amend(Mode::Agree, 30, 30);
    EXPECT_EQ(state(31), kGrace) << to_text(act);
    catalogue = before;
    audience.style = Style::Ks2;
  }
}

TEST_F(GraceRule, ANoToABandThatIsAskedForNoMoreIsNoneToTheNextVersion) {
  answer(Act::Agree, 1, 12);
  audience.style = Style::Ks2;
  auto versions = catalogue.policies.front().versions;
  versions.push_back(version(2, Mode::Editorial, 20, 20));
  publish("student", versions);
  answer(Act::Help, 2, 21);
  EXPECT_EQ(state(21), kUnsigned);
  versions.push_back(version(3, Mode::Editorial, 22, 22, {Style::Std}));
  publish("student", versions);
  EXPECT_EQ(state(22), kCurrent);
  versions.push_back(version(4, Mode::Acknowledge, 23, 23, {Style::Std}));
  publish("student", versions);
  EXPECT_EQ(state(23), kGrace);
}

TEST_F(GraceRule, ANoToARenewalStaysOneWhenTheNextVersionComes) {
  answer(Act::Agree, 1, 12);
  catalogue.policies.front().renewals = {day(100)};
  answer(Act::Decline, 1, 101);
  auto policy = catalogue.policies.front();
  policy.versions.push_back(version(2, Mode::Editorial, 102, 102));
  catalogue.policies.front() = policy;
  EXPECT_EQ(state(102), kUnsigned);
}

TEST_F(GraceRule, LaterIsGraceUntilItIsUsedUp) {
  student().later_times = 2;
  answer(Act::Defer, 1, 12);
  EXPECT_EQ(state(12), kGrace);
  answer(Act::Defer, 1, 13);
  EXPECT_EQ(state(13), kUnsigned);
  amend(Mode::Agree, 14, 90);
  EXPECT_EQ(state(14), kUnsigned);  // the next version gives nothing back by itself
  answer(Act::Defer, 2, 15);
  EXPECT_EQ(state(15), kGrace);
}

TEST_F(GraceRule, LaterIsOverWhenTheVersionIsEnforced) {
  answer(Act::Agree, 1, 12);
  amend(Mode::Acknowledge, 30, 40);
  answer(Act::Defer, 2, 31);
  EXPECT_EQ(state(day(40) - milliseconds{1}), kGrace);
  EXPECT_EQ(state(40), kUnsigned);
}

TEST_F(GraceRule, LaterHasNoEndWhereItIsOnlyAsked) {
  student().enforcement = Enforcement::Ask;
  for (int i = 0; i < 50; ++i) answer(Act::Defer, 1, 12 + i);
  EXPECT_EQ(state(100), kGrace);
}

TEST_F(GraceRule, AnEndorsementOrANoticeIsNoAnswer) {
  answer(Act::Decline, 1, 12);
  answer(Act::Endorse, 1, 13);
  answer(Act::Notified, 1, 14);
  EXPECT_EQ(state(14), kUnsigned);
}

TEST_F(GraceRule, AnAddOnIsNeverMoreThanGrace) {
  answer(Act::Agree, 1, 12);
  owe("media", true);
  school.policies[{"media"}].enforcement = Enforcement::Enforce;
  publish("media", {version(1, Mode::Agree, 10, 20)});
  EXPECT_EQ(state(500), kGrace);
  answer(Act::Help, 1, 501, 'm');
  EXPECT_EQ(state(501), kGrace);
  EXPECT_EQ(outcome(501), "");
  answer(Act::Decline, 1, 502, 'm');
  EXPECT_EQ(state(502), kCurrent);
  answer(Act::Withdraw, 1, 503, 'm');
  EXPECT_EQ(state(503), kGrace);
}

TEST_F(GraceRule, OfSeveralPoliciesTheWorstCounts) {
  owe("staff");
  school.policies[{"staff"}].enforcement = Enforcement::Enforce;
  publish("staff", {version(1, Mode::Agree, 10, 30)});
  answer(Act::Agree, 1, 12);
  EXPECT_EQ(state(12), kGrace);
  answer(Act::Decline, 1, 13, 's');
  EXPECT_EQ(state(13), kUnsigned);
  answer(Act::Agree, 1, 14, 's');
  EXPECT_EQ(state(14), kCurrent);
}

TEST_F(GraceRule, WhoIsUnknownOrLeftIsUnsignedAndNobody) {
  answer(Act::Agree, 1, 12);
  const auto asked = [&] { return level_facts(at(20), facts, audience, school, day(20)); };
  EXPECT_EQ(asked().audience, "student");
  EXPECT_EQ(asked().state, kCurrent);
  facts.state = PersonState::Left;
  EXPECT_EQ(asked().audience, "");
  EXPECT_EQ(asked().state, kUnsigned);
  facts.state = PersonState::Active;
  audience = {};
  school.unknown_let_in = true;  // lets them in, and gives them nothing
  EXPECT_EQ(asked().state, kUnsigned);
}

TEST_F(GraceRule, ExemptAndSharedAccountsOweNothing) {
  audience.shared = true;
  EXPECT_EQ(state(50), kCurrent);
  audience.shared = false;
  audience.exempt = true;
  EXPECT_EQ(state(50), kCurrent);
}

TEST_F(GraceRule, TheOutcomeIsThatOfTheAnswer) {
  student().on_decline.level = "supervised";
  student().on_help.level = "ks3";
  EXPECT_EQ(outcome(50), "");  // unsigned, and said nothing
  answer(Act::Decline, 1, 12);
  EXPECT_EQ(outcome(12), "supervised");
  EXPECT_EQ(level_facts(at(12), facts, audience, school, day(12)).outcome, "supervised");
  answer(Act::Help, 1, 13);
  EXPECT_EQ(outcome(13), "ks3");
  answer(Act::Agree, 1, 14);
  EXPECT_EQ(outcome(14), "");
  answer(Act::Withdraw, 1, 15);
  EXPECT_EQ(outcome(15), "");  // a withdrawal has no outcome of its own: the table decides
}

TEST_F(GraceRule, OfSeveralOutcomesTheMostRestrictiveCounts) {
  owe("staff");
  school.policies[{"staff"}].enforcement = Enforcement::Enforce;
  school.policies[{"staff"}].on_decline.level = "staff-limited";
  publish("staff", {version(1, Mode::Agree, 10, 30)});
  answer(Act::Decline, 1, 12);
  answer(Act::Decline, 1, 12, 's');
  EXPECT_EQ(outcome(13), "staff-limited");
  std::ranges::reverse(school.levels.levels);
  EXPECT_EQ(outcome(13), "supervised");
}

// A life: time passes, versions come, the person answers as the gate lets them.
struct Life : GraceRule {
  Life() {
    catalogue.policies.clear();
    student().enforcement = *rc::gen::element(Enforcement::Ask, Enforcement::Enforce);
    student().later_times = *rc::gen::inRange(0u, 4u);
  }
  static int up_to(int most) { return *rc::gen::inRange(0, most + 1); }

  void live() {
    now += hours{up_to(400)};
    if (up_to(5) == 0) audience.style = audience.style == Style::Std ? Style::Ks2 : Style::Std;
    const Decision decision = decide(facts, audience, school, catalogue, now);
    if (decision.asked.empty()) return withdraw();
    const Owed& owed = decision.asked.front();
    Act act =
        *rc::gen::element(Act::None, Act::Agree, Act::Agree, Act::Decline, Act::Defer, Act::Help);
    if (act == Act::Defer && !owed.may_defer) act = Act::None;
    if (act == Act::None) return;
    RC_LOG() << "day " << (now - Time{}) / hours{24} << ": " << to_text(act) << " to "
             << owed.to->number() << " in " << to_text(audience.style) << "\n";
    standing() = after(standing(), act, owed.to->number(), audience.style, now, 1);
  }
  void withdraw() {
    if (standing().version > 0 && up_to(6) == 0)
      standing() = after(standing(), Act::Withdraw, standing().version, audience.style, now, 1);
  }
  // A version whose day is `ago` days past, counted from today.
  void publish_next(int ago) {
    auto versions = catalogue.policies.empty() ? std::vector<PublishedVersion>{}
                                               : catalogue.policies.front().versions;
    const int today = int(std::chrono::floor<days>(now).time_since_epoch().count());
    versions.push_back(version(std::uint32_t(versions.size() + 1),
                               *rc::gen::element(Mode::Agree, Mode::Acknowledge, Mode::Editorial),
                               today - ago, today - ago + up_to(20),
                               {Style::Std, *rc::gen::element(Style::Std, Style::Ks2)}));
    const PublishedVersion& made = versions.back();
    RC_LOG() << "day " << (now - Time{}) / hours{24} << ": published " << made.number() << ", "
             << to_text(made.text->mode) << ", in force " << ago << " days, renditions "
             << to_text(made.text->renditions.back().style) << "\n";
    publish("student", std::move(versions));
  }

  Time now = day(1000);
};

RC_GTEST_FIXTURE_PROP(Life, PublishingTakesNobodyFromCurrentToUnsignedA6, ()) {
  for (int i = 0; i < 12; ++i) {
    live();
    if (up_to(2) > 0) continue;
    const auto before = state(now);
    publish_next(catalogue.policies.empty() ? 0 : up_to(30));
    if (before == kCurrent) RC_ASSERT(state(now) != kUnsigned);
  }
}

RC_GTEST_FIXTURE_PROP(Life, AVersionOfTodayTakesNobodysWebsitesAway, ()) {
  for (int i = 0; i < 12; ++i) {
    live();
    if (up_to(2) > 0) continue;
    const auto before = state(now);
    publish_next(0);
    if (before != kUnsigned) RC_ASSERT(state(now) != kUnsigned);
  }
}

RC_GTEST_FIXTURE_PROP(Life, WhatTheGateLetsThroughUnaskedIsNeverUnsigned, ()) {
  publish_next(0);
  for (int i = 0; i < 12; ++i) {
    live();
    if (up_to(3) == 0) publish_next(up_to(30));
    if (decide(facts, audience, school, catalogue, now).asked.empty())
      RC_ASSERT(state(now) == kCurrent);
    else
      RC_ASSERT(state(now) != kCurrent);
  }
}

}  // namespace
}  // namespace assent
