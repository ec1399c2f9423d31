// K27, R38: a role is one person's asking and another's granting, and ends by itself.
#include "service/domain/role_grant.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace assent {
namespace {

const Time kNow = parse_rfc3339("2026-11-02T08:00:00.000Z").value();
const RoleActor kAnn{1, 0, {}, true}, kHead{2, 0, {"head"}, false}, kDsl{3, 0, {"dsl"}, false},
    kTeacher{4, 0, {"teacher"}, false};
constexpr PersonKey kDeputy = 9;

RoleWish wish() {
  return {"dsl", kDeputy, kDsl.person, std::nullopt, kNow + days{30}, "maternity leave"};
}
RoleGrant asked(const RoleActor& by = kAnn, const RoleWish& of = wish()) {
  return ask_role({}, of, by, kNow).value();
}
RoleGrant granted() {
  return grant_role(asked(), kHead, kNow).value();
}

TEST(RoleGrant, IsHeldFromItsStartToItsEnd) {
  RoleWish later = wish();
  later.from = kNow + days{1};
  const RoleGrant grant = grant_role(asked(kAnn, later), kHead, kNow).value();
  EXPECT_FALSE(is_held(grant, kNow));
  EXPECT_TRUE(is_held(grant, kNow + days{1}));
  EXPECT_TRUE(is_held(grant, grant.until - milliseconds{1}));
  EXPECT_FALSE(is_held(grant, grant.until));
  EXPECT_FALSE(is_held(asked(kAnn, later), kNow + days{2}));
}

TEST(RoleGrant, IsAskedForByWhoHasASayInIt) {
  for (const RoleActor& by : {kAnn, kHead, kDsl}) EXPECT_TRUE(ask_role({}, wish(), by, kNow));
  EXPECT_EQ(ask_role({}, wish(), kTeacher, kNow).error().code, Code::Denied);
  EXPECT_EQ(ask_role({}, wish(), RoleActor{}, kNow).error().code, Code::Denied);
}

TEST(RoleGrant, IsGrantedBySomebodyElse) {
  EXPECT_EQ(grant_role(asked(kAnn), kAnn, kNow).error().code, Code::Denied);
  EXPECT_EQ(grant_role(asked(kAnn), RoleActor{kDeputy, 0, {"dsl"}, true}, kNow).error().code,
            Code::Denied);
  EXPECT_EQ(grant_role(asked(kAnn), kTeacher, kNow).error().code, Code::Denied);
  for (const RoleActor& by : {kHead, kDsl}) EXPECT_TRUE(grant_role(asked(kAnn), by, kNow));
  EXPECT_EQ(grant_role(granted(), kDsl, kNow).error().code, Code::Conflict);
}

TEST(RoleGrant, ATokenMadeByTheOtherIsNoSecondPerson) {
  const RoleActor made_by_ann{5, kAnn.person, {}, true}, also{6, kAnn.person, {}, true},
      made_by_head{7, kHead.person, {}, true};
  EXPECT_EQ(grant_role(asked(kAnn), made_by_ann, kNow).error().code, Code::Denied);
  EXPECT_EQ(grant_role(asked(made_by_ann), kAnn, kNow).error().code, Code::Denied);
  EXPECT_EQ(grant_role(asked(made_by_ann), also, kNow).error().code, Code::Denied);
  EXPECT_TRUE(grant_role(asked(made_by_ann), made_by_head, kNow));
  EXPECT_TRUE(grant_role(asked(kAnn), kHead, kNow));
}

TEST(RoleGrant, ARequestThatNobodyAnswersIsOver) {
  const Time last = kNow + RoleGrantLimits::kStands;
  EXPECT_TRUE(grant_role(asked(), kHead, last - milliseconds{1}));
  EXPECT_EQ(grant_role(asked(), kHead, last).error().code, Code::Conflict);
  EXPECT_EQ(reject_role(asked(), kHead, last).error().code, Code::Conflict);
}

TEST(RoleGrant, IsRefusedByWhoAskedWhoWouldHaveItAndWhoDecides) {
  for (const RoleActor& by : {kAnn, kHead, kDsl, RoleActor{kDeputy, 0, {}, false}})
    EXPECT_EQ(reject_role(asked(), by, kNow).value().state, RoleGrantState::Rejected);
  EXPECT_EQ(reject_role(asked(), kTeacher, kNow).error().code, Code::Denied);
  EXPECT_EQ(reject_role(granted(), kHead, kNow).error().code, Code::Conflict);
}

TEST(RoleGrant, OnePersonEndsIt) {
  for (const RoleActor& by : {kAnn, kHead, kDsl, RoleActor{kDeputy, 0, {}, false}}) {
    const RoleGrant ended = end_role(granted(), by, kNow + days{1}).value();
    EXPECT_FALSE(is_held(ended, kNow + days{1}));
    EXPECT_EQ(ended.ended_by, by.person);
  }
  EXPECT_EQ(end_role(granted(), kTeacher, kNow).error().code, Code::Denied);
  EXPECT_EQ(end_role(asked(), kHead, kNow).error().code, Code::Conflict);
  EXPECT_EQ(end_role(granted(), kHead, granted().until).error().code, Code::Conflict);
}

TEST(RoleGrant, HasAnEndAReasonAndNobodyForTheirOwnDeputy) {
  const auto refused = [](auto change) {
    RoleWish changed = wish();
    change(changed);
    const auto made = ask_role({}, changed, kAnn, kNow);
    return !made && made.error().code == Code::Invalid;
  };
  EXPECT_TRUE(refused([](RoleWish& w) { w.until = kNow; }));
  EXPECT_TRUE(refused([](RoleWish& w) { w.until = kNow + days{367}; }));
  EXPECT_TRUE(refused([](RoleWish& w) { w.from = kNow - milliseconds{1}; }));
  EXPECT_TRUE(refused([](RoleWish& w) { w.from = kNow + days{91}; }));
  EXPECT_TRUE(refused([](RoleWish& w) { w.why.clear(); }));
  EXPECT_TRUE(refused([](RoleWish& w) { w.why = "two\nlines"; }));
  EXPECT_TRUE(refused([](RoleWish& w) { w.deputy_of = w.person; }));
}

// Design decision 14: whoever does what, in whatever order, nobody has a role by one person's
// doing.
TEST(RoleGrant, NobodyHasARoleByOnePersonsDoing) {
  const bool held = rc::check("two persons", [] {
    const auto anybody = [] {
      RoleActor by;
      by.person = *rc::gen::inRange<PersonKey>(0, 5);
      by.token_from = *rc::gen::inRange<PersonKey>(0, 5);
      by.is_admin = *rc::gen::arbitrary<bool>();
      if (*rc::gen::arbitrary<bool>()) by.roles = {"head"};
      return by;
    };
    RoleWish of = wish();
    of.person = *rc::gen::inRange<PersonKey>(1, 5);
    of.deputy_of = 0;
    RoleActor first = anybody();
    first.person = *rc::gen::inRange<PersonKey>(1, 5);
    first.is_admin = true;
    RoleGrant grant = ask_role({}, of, first, kNow).value();
    for (int i = 0; i < 4 && !is_held(grant, kNow); ++i) {
      const RoleActor by = anybody();
      const auto next = grant_role(grant, by, kNow);
      if (!next) continue;
      grant = *next;
      RC_ASSERT(by.person != 0 && by.person != first.person && by.person != grant.person);
      RC_ASSERT(by.token_from != first.person && first.token_from != by.person);
      RC_ASSERT(by.token_from == 0 || by.token_from != first.token_from);
    }
    RC_ASSERT(!is_held(grant, kNow) || grant.decided_by != grant.asked_by);
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace assent
