// decide() for the people at the edges, after() for each answer, and that the two agree.

#include "tests/unit/domain/gate_fixture.h"

#include <rapidcheck/gtest.h>

namespace assent {
namespace {

using test::day;
using test::GateDecision;
using test::version;

TEST_F(GateDecision, SomeAreDecidedBeforeAnyPolicyIsLookedAt) {
  const Facts here = facts;
  facts.state = PersonState::Left;
  EXPECT_EQ(at(20).verdict, Verdict::Refuse);
  EXPECT_EQ(at(20).reason, Reason::Left);
  audience.exempt = true;  // who has left is refused, whatever the rules say
  EXPECT_EQ(at(20).verdict, Verdict::Refuse);
  facts = here;
  expect_clear(20, Reason::Exempt);
  audience.exempt = false;
  audience.shared = true;
  expect_clear(20, Reason::Shared);
}

TEST_F(GateDecision, WhoMatchesNoRuleIsRefusedUnlessTheSchoolLetsThemIn) {
  audience = {};
  EXPECT_EQ(at(20).verdict, Verdict::Refuse);
  EXPECT_EQ(at(20).reason, Reason::Unknown);
  school.unknown_let_in = true;
  expect_clear(20, Reason::Unknown);
}

TEST_F(GateDecision, ADefaultDecisionRefuses) {
  EXPECT_EQ(Decision{}.verdict, Verdict::Refuse);
}

TEST_F(GateDecision, ADeclinedMainPolicyIsAskedAgain) {
  answer(Act::Decline, 1, 20);
  EXPECT_EQ(asked(20).why, Why::FirstTime);
}

TEST_F(GateDecision, ADeclinedAddOnIsNotAskedAgainUntilItsTextChanges) {
  answer(Act::Agree, 1, 20);
  owe("media", true);
  school.policies[{"media"}].enforcement = Enforcement::Enforce;
  publish("media", {version(1, Mode::Agree, 10, 10)});
  EXPECT_TRUE(asked(20).add_on);
  answer(Act::Decline, 1, 20, 'm');
  expect_clear(20);
  publish("media", {version(1, Mode::Agree, 10, 10), version(2, Mode::Editorial, 30, 30)});
  expect_clear(31);  // an editorial version asks nothing
  publish("media", {version(1, Mode::Agree, 10, 10), version(2, Mode::Editorial, 30, 30),
                    version(3, Mode::Acknowledge, 40, 40)});
  EXPECT_EQ(asked(41).to->number(), 3u);
}

TEST_F(GateDecision, WhatWasWithdrawnIsAskedAgainInFull) {
  answer(Act::Agree, 1, 20);
  answer(Act::Withdraw, 1, 21);
  const Owed owed = asked(21);
  EXPECT_EQ(owed.why, Why::Withdrawn);
  EXPECT_EQ(owed.from, 0u);
}

TEST_F(GateDecision, SeveralPoliciesAreAskedTogetherInTheAudiencesOrder) {
  owe("acceptable");
  owe("media", true);
  school.policies[{"acceptable"}] = student();
  school.policies[{"acceptable"}].first = Mode::Acknowledge;
  publish("acceptable", {version(1, Mode::Acknowledge, 10, 10)});
  publish("media", {version(1, Mode::Agree, 10, 10)});  // observed: it has no settings
  const auto decision = at(20);
  ASSERT_EQ(decision.asked.size(), 2u);
  EXPECT_EQ(decision.asked[0].policy->name.value, "student");
  EXPECT_EQ(decision.asked[1].policy->name.value, "acceptable");
  EXPECT_EQ(decision.verdict, Verdict::Ask);  // the stronger of the two
  ASSERT_EQ(decision.observed.size(), 1u);
  answer(Act::Agree, 1, 20);
  EXPECT_EQ(at(20).verdict, Verdict::Acknowledge);
}

TEST_F(GateDecision, APolicyOfAnotherSchoolIsNotOwed) {
  school.key = 2;
  expect_clear(20, Reason::NothingOwed);
}

TEST(GateStanding, EachAnswerChangesWhatItShould) {
  const Standing accepted{1, 3, Style::Ks2, Act::Agree, day(5), 9, 0, 0};
  struct Case {
    Act act;
    std::uint32_t version;
    Time at;
    std::uint32_t deferred;
    std::uint8_t count;
  };
  for (const Case& c : {Case{Act::Agree, 4, day(8), 0, 0}, Case{Act::Acknowledge, 4, day(8), 0, 0},
                        Case{Act::Decline, 3, day(5), 4, 0}, Case{Act::Defer, 3, day(5), 4, 1},
                        Case{Act::Help, 3, day(5), 4, 0}, Case{Act::Withdraw, 0, day(8), 0, 0}}) {
    const Standing next = after(accepted, c.act, 4, Style::Std, day(8), 11);
    EXPECT_EQ(next.act, c.act);
    EXPECT_EQ(next.entry, 11u);
    EXPECT_EQ(next.version, c.version) << to_text(c.act);
    EXPECT_EQ(next.at, c.at) << to_text(c.act);
    EXPECT_EQ(next.deferred_version, c.deferred) << to_text(c.act);
    EXPECT_EQ(next.deferred_count, c.count) << to_text(c.act);
    EXPECT_EQ(next.style, accepts(c.act) ? Style::Std : Style::Ks2);
  }
}

TEST(GateStanding, AnEndorsementOrANoticeMovesNobody) {
  const Standing accepted{1, 3, Style::Ks2, Act::Agree, day(5), 9, 0, 0};
  for (const Act act : {Act::Endorse, Act::Notified})
    EXPECT_EQ(after(accepted, act, 4, Style::Std, day(8), 11), accepted);
}

TEST(GateStanding, DecliningForgetsNoDeferral) {
  Standing standing{1};
  for (const Act act : {Act::Defer, Act::Defer, Act::Decline, Act::Help})
    standing = after(standing, act, 4, Style::Std, day(8), 11);
  EXPECT_EQ(standing.deferred_count, 2);
}

TEST(GateWords, EveryActHasOneSpelling) {
  for (int i = 1; i <= int(Act::Notified); ++i)
    EXPECT_EQ(parse_act(to_text(Act(i))).value(), Act(i));
  for (const char* wrong : {"", "none", "Agree", "later", "agree "})
    EXPECT_EQ(parse_act(wrong).error().code, Code::Invalid) << wrong;
}

// Whatever was published and answered before, saying yes to all that is asked makes it clear.
RC_GTEST_FIXTURE_PROP(GateDecision, IsClearOnceEverythingAskedWasAccepted, ()) {
  const auto mode = rc::gen::element(Mode::Editorial, Mode::Acknowledge, Mode::Agree);
  const auto date = rc::gen::inRange(1, 40);
  audience.style = *rc::gen::element(Style::Std, Style::Ks1, Style::Ks2, Style::Easy);
  for (const char* name : {"student", "acceptable", "media"}) {
    std::vector<PublishedVersion> versions;
    const auto count = *rc::gen::inRange(0, 5);
    for (int i = 1; i <= count; ++i)
      versions.push_back(version(std::uint32_t(i), *mode, *date, *date));
    publish(name, versions);
    auto& policy = *std::ranges::find(catalogue.policies, PolicyName{name}, &PublishedPolicy::name);
    if (*rc::gen::arbitrary<bool>()) policy.renewals = {day(15), day(30)};
    if (policy.name.value != "student") owe(name, policy.name.value == "media");
    auto& settings = school.policies[{name}];
    settings.enforcement = *rc::gen::element(Enforcement::Ask, Enforcement::Enforce);
    settings.first = *rc::gen::element(Mode::Acknowledge, Mode::Agree);
    if (*rc::gen::arbitrary<bool>()) {
      auto& known = standing(policy.key);
      known = after(known, *rc::gen::element(Act::Agree, Act::Decline, Act::Defer, Act::Withdraw),
                    std::uint32_t(*rc::gen::inRange(1, 5)),
                    *rc::gen::element(Style::Std, Style::Ks2), day(*date), 3);
    }
  }
  const int now = *date;
  for (const Owed& owed : at(now).asked)
    answer(owed.mode == Mode::Agree ? Act::Agree : Act::Acknowledge, owed.to->number(), now,
           owed.policy->key);
  const auto decision = at(now);
  RC_ASSERT(decision.verdict == Verdict::Clear);
  RC_ASSERT(decision.asked.empty());
  RC_ASSERT(decision.observed.empty());
}

}  // namespace
}  // namespace assent
