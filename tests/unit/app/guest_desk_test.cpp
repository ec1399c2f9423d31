// Guests from the desk: who may issue and who may only ask, what is kept, and what is recorded.

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/support/guest_rig.h"

namespace assent {
namespace {

using What = GuestStep::What;

struct GuestDeskTest : testing::Test, GuestRig {
  Value newest() { return parse_json(store.ledger.record(records() - 1)->body).value(); }
  std::string type() { return *newest().find("type")->text(); }
};

// R14: ICT and reception issue, a teacher's wish is kept for them.
TEST_F(GuestDeskTest, WhoMayIssueDoesAndWhoMayOnlyAskAsks) {
  EXPECT_TRUE(desk.may_issue(ict, school(), "visitor"));
  EXPECT_TRUE(desk.may_issue(reception, school(), "visitor"));
  EXPECT_FALSE(desk.may_issue(teacher, school(), "visitor"));
  EXPECT_TRUE(issue_all(order(), reception));
  EXPECT_EQ(issue_all(order(), teacher).error().code, Code::Denied);
  const GuestRow asked = request(order(), teacher).value();
  EXPECT_EQ(asked.guest.state, GuestState::Requested);
  EXPECT_TRUE(asked.guest.needs_approval);
  EXPECT_EQ(type(), "guest.request");
  const auto granted = [&](const Actor& by) {
    return wait<IssuedGuest>(
        [&](auto then) { desk.issue_requested(by, school(), asked.guest.id, "", then); });
  };
  EXPECT_EQ(granted(ict).error().code, Code::Denied);  // nobody approved it
  EXPECT_EQ(take(asked.guest.id, What::Approve, teacher).error().code, Code::Denied);
  EXPECT_TRUE(take(asked.guest.id, What::Approve, reception));
  EXPECT_EQ(type(), "guest.approve");
  EXPECT_TRUE(enter(granted(reception).value()));
  EXPECT_EQ(type(), "guest.issue");
}

// R7: no credential without the rules that it stands for.
TEST_F(GuestDeskTest, NobodyGetsAnAccountWhoseRulesAreNotInForce) {
  GuestOrder supply = order("supply");
  auto schools = guest_schools();
  schools.front().guests[1].audience = "staff";
  const auto other = Registry::load(store.registers, calendar, std::move(schools)).value();
  GuestDesk without({*other, store.people, store.guests, *writer, guest_key, clock, random});
  const auto made = wait<std::vector<IssuedGuest>>(
      [&](auto then) { without.issue(ict, *other->school(1), supply, then); });
  EXPECT_EQ(made.error().code, Code::Conflict);
  EXPECT_NE(made.error().message.find("staff"), std::string::npos);
}

TEST_F(GuestDeskTest, ASecretIsGivenOnceAndKeptNowhere) {
  const IssuedGuest guest = issue();
  const std::string record = to_json(newest());
  for (const std::string& secret : {guest.passphrase, guest.voucher}) {
    EXPECT_FALSE(secret.empty());
    EXPECT_EQ(record.find(secret), std::string::npos);
  }
  EXPECT_NE(row(guest.row.guest.id).passphrase, std::nullopt);
  EXPECT_EQ(record.find("Okafor"), std::string::npos);  // a record cannot forget a name
}

TEST_F(GuestDeskTest, ANewSecretEndsTheOldOne) {
  const IssuedGuest guest = issue();
  const auto renewed = [&](const Actor& by) {
    return wait<IssuedGuest>(
        [&](auto then) { desk.renew_secret(by, school(), guest.row.guest.id, then); });
  };
  EXPECT_EQ(renewed(teacher).error().code, Code::Denied);
  EXPECT_TRUE(enter(guest));
  const IssuedGuest again = renewed(reception).value();
  EXPECT_EQ(type(), "guest.secret");
  EXPECT_FALSE(enter(guest));
  EXPECT_FALSE(enter_by(guest.voucher));
  EXPECT_TRUE(enter(again));
}

TEST_F(GuestDeskTest, SeveralAreIssuedTogetherOrNobody) {
  GuestOrder fair = order();
  fair.count = 3;
  const auto made = issue_all(fair, ict).value();
  ASSERT_EQ(made.size(), 3u);
  EXPECT_EQ(made[2].row.guest.name, "Dr A. Okafor 3");
  EXPECT_NE(made[0].row.guest.account, made[1].row.guest.account);
  const std::uint64_t before = records();
  EXPECT_EQ(issue_all(order(), ict).error().code, Code::Denied);  // the host has three
  fair.count = 201;
  EXPECT_EQ(issue_all(fair, ict).error().code, Code::Invalid);
  EXPECT_EQ(records(), before);
}

// Who had the account stays known: each holder is a person of their own, with answers of their own.
TEST_F(GuestDeskTest, APoolsAccountIsLentToOneAfterTheOther) {
  const IssuedGuest first = issue("supply"), second = issue("supply");
  EXPECT_EQ(first.row.guest.account, "supply01");
  EXPECT_EQ(second.row.guest.account, "supply02");
  EXPECT_EQ(issue_all(order("supply"), ict).error().code, Code::Conflict);
  accept(first);
  GuestOrder named = order("supply");
  named.account = "supply01";
  EXPECT_EQ(issue_all(named, ict).error().code, Code::Conflict);
  EXPECT_TRUE(take(first.row.guest.id, What::GiveBack, reception));
  EXPECT_FALSE(enter(first));
  const IssuedGuest third = issue("supply");
  EXPECT_EQ(third.row.guest.account, "supply01");
  EXPECT_NE(third.row.person, first.row.person);
  EXPECT_TRUE(enter(third)->owes);  // what the one before agreed to is not theirs
  EXPECT_FALSE(enter(first));
  EXPECT_EQ(person_of(first).login, "");
}

TEST_F(GuestDeskTest, AnAccountOfARosterIsNeverLent) {
  (void)person("supply01", {{"role", "staff"}});
  EXPECT_FALSE(issue_all(order("supply"), ict));
  EXPECT_EQ(facts("supply01").profile, registry->profile_key(1, {{"role", "staff"}}).value());
}

// R16: turning a device away, or a guest, says why.
TEST_F(GuestDeskTest, TakingAwayNeedsAReasonAndIsRecorded) {
  const IssuedGuest guest = issue();
  const GuestId id = guest.row.guest.id;
  EXPECT_EQ(take(id, What::Revoke, ict, {}, "").error().code, Code::Invalid);
  EXPECT_TRUE(take(id, What::Suspend, teacher, {}, "unsafe charger"));
  EXPECT_EQ(type(), "guest.hold");
  EXPECT_EQ(*newest().find("what")->text(), "suspend");
  EXPECT_EQ(*newest().find("reason")->text(), "unsafe charger");
  EXPECT_EQ(take(id, What::Resume, teacher).error().code, Code::Denied);
  EXPECT_TRUE(take(id, What::Resume, reception));
  EXPECT_EQ(*newest().find("what")->text(), "resume");
  EXPECT_TRUE(take(id, What::Revoke, teacher, {}, "left early"));
  EXPECT_EQ(type(), "guest.end");
  EXPECT_EQ(*newest().find("by")->find("login")->text(), "j.lee");
  EXPECT_EQ(*newest().find("guest")->find("account")->text(), guest.row.guest.account);
  EXPECT_EQ(person_of(guest).state, PersonState::Left);
  EXPECT_EQ(take(id, What::Revoke, ict).error().code, Code::Conflict);
}

TEST_F(GuestDeskTest, MoreTimeIsOneEndForEverything) {
  const IssuedGuest guest = issue();
  EXPECT_TRUE(take(guest.row.guest.id, What::Extend, reception, hours{2}));
  EXPECT_EQ(type(), "guest.extend");
  EXPECT_EQ(*newest().find("until")->text(), to_rfc3339(clock.time + hours{10}));
  EXPECT_EQ(enter(guest)->until, clock.time + hours{10});
  EXPECT_EQ(take(guest.row.guest.id, What::Extend, ict, hours{1}).error().code, Code::Denied);
}

TEST_F(GuestDeskTest, ADryRunWritesNothing) {
  const std::uint64_t before = records();
  EXPECT_EQ(desk.to_order(ict, school(), order(), clock.time)->guest.state, GuestState::Issued);
  EXPECT_EQ(desk.to_order(teacher, school(), order(), clock.time)->guest.state,
            GuestState::Requested);
  const IssuedGuest guest = issue();
  const GuestStep end{What::Revoke, {}, "a test"};
  EXPECT_EQ(desk.to_take(ict, school(), guest.row.guest.id, end, clock.time)->guest.state,
            GuestState::Ended);
  EXPECT_EQ(records(), before + 1);
  EXPECT_TRUE(enter(guest));
}

TEST_F(GuestDeskTest, APupilIsNobodysHost) {
  GuestOrder wish = order();
  wish.wish.host = student("ann").key;
  EXPECT_EQ(issue_all(wish, ict).error().code, Code::Denied);
  wish.wish.host = issue().row.person;  // nor is a guest
  EXPECT_EQ(issue_all(wish, ict).error().code, Code::Denied);
  wish.wish.host = 0;
  EXPECT_EQ(issue_all(wish, ict).error().code, Code::Invalid);
}

TEST_F(GuestDeskTest, AnotherSchoolsGuestIsNobody) {
  const IssuedGuest guest = issue();
  const auto taken = wait<GuestRow>([&](auto then) {
    desk.take(ict, school(2), guest.row.guest.id, {What::Revoke, {}, "a test"}, then);
  });
  EXPECT_EQ(taken.error().code, Code::NotFound);
}

TEST_F(GuestDeskTest, AnUnknownKindIsToldWithThoseThatThereAre) {
  const Error said = issue_all(order("burglar"), ict).error();
  EXPECT_EQ(said.code, Code::NotFound);
  EXPECT_NE(said.message.find("visitor, supply, evening"), std::string::npos);
}

}  // namespace
}  // namespace assent
