// owed_since(): the moment from which each debt counts.

#include "service/domain/since.h"

#include "tests/unit/domain/gate_fixture.h"

namespace assent {
namespace {

using test::day;
using test::GateDecision;
using test::version;

struct OwedSince : GateDecision {
  Time since(int d) {
    const Owed owed = asked(d);
    return owed_since(owed, standing_with(facts, owed.policy->key), day(d));
  }
};

TEST_F(OwedSince, AFirstTimeCountsFromTheVersion) {
  EXPECT_EQ(since(20), day(10));
}

TEST_F(OwedSince, AWithdrawalCountsFromItself) {
  answer(Act::Agree, 1, 20);
  answer(Act::Withdraw, 1, 25);
  EXPECT_EQ(since(30), day(25));
}

TEST_F(OwedSince, ARenewalCountsFromTheLastOne) {
  catalogue.policies[0].renewals = {day(40), day(60), day(80)};
  answer(Act::Agree, 1, 20);
  EXPECT_EQ(since(50), day(40));
  EXPECT_EQ(since(70), day(60));
}

TEST_F(OwedSince, AnAmendmentCountsFromTheFirstVersionThatWasMissed) {
  publish("student", {version(1, Mode::Agree, 10, 10), version(2, Mode::Editorial, 22, 22),
                      version(3, Mode::Acknowledge, 25, 25), version(4, Mode::Agree, 30, 30)});
  answer(Act::Agree, 1, 20);
  EXPECT_EQ(since(26), day(25));
  EXPECT_EQ(since(35), day(25));
  answer(Act::Agree, 3, 36);
  EXPECT_EQ(since(37), day(30));
}

}  // namespace
}  // namespace assent
