// What visitors ask for themselves: who hears of it, who answers, and what nobody learns. A21.
#include "service/app/guest_asks.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "service/domain/credential.h"
#include "tests/support/guest_rig.h"

namespace assent {
namespace {

using State = AskedFor::State;
using What = GuestStep::What;

struct GuestAsksTest : testing::Test, GuestRig {
  std::optional<AskedFor> of(const std::string& address = "10.1.0.7",
                             const std::string& hardware = "") {
    return asks.of(school(), {address, hardware, "", ""});
  }
  Result<GuestRow> longer(const GuestId& guest, milliseconds by) {
    return wait<GuestRow>([&](auto then) { asks.ask_longer(school(), guest, by, then); });
  }
  std::string type(std::uint64_t back) {
    return *parse_json(store.ledger.record(records() - back)->body)->find("type")->text();
  }
  Code refused(const std::string& address, const std::string& visits) {
    const auto asked = ask(address, visits);
    return asked ? Code::Corrupt : asked.error().code;
  }
};

TEST_F(GuestAsksTest, WaitsForASponsorAndIsFoundAgainOnItsDevice) {
  const AskedFor asked = ask().value();
  EXPECT_EQ(asked.state, State::Waiting);
  EXPECT_EQ(type(1), "guest.request");
  const GuestRow kept = row(asked.guest);
  EXPECT_EQ(kept.guest.host, host.key);
  EXPECT_TRUE(kept.guest.needs_approval);
  EXPECT_TRUE(kept.guest.account.empty());
  EXPECT_EQ(of()->guest, asked.guest);
  EXPECT_FALSE(of("10.1.0.8"));
  GuestAsks again({*registry, store.people, store.guests, ask_tries, *writer, clock, random});
  ASSERT_TRUE(again.remember());  // the service was started again
  EXPECT_EQ(again.of(school(), {"10.1.0.7", "", "", ""})->guest, asked.guest);
  EXPECT_EQ(ask().value().guest, asked.guest);  // sent twice is asked once
}

TEST_F(GuestAsksTest, TellsNobodyWhetherThereIsSuchAHost) {
  const PersonRow pupil = student("a.pupil");
  unsigned number = 0;
  const auto host_of = [&](const std::string& visits) {
    const auto asked = ask("10.1.1." + std::to_string(++number), visits);
    EXPECT_TRUE(asked) << visits;
    EXPECT_EQ(asked->state, State::Waiting);
    return row(asked->guest).guest.host;
  };
  EXPECT_EQ(host_of("r.ahmed"), host.key);
  EXPECT_EQ(host_of("R.Ahmed@school.example"), host.key);
  EXPECT_EQ(host_of("name of r.ahmed"), host.key);
  EXPECT_EQ(host_of("nobody at all"), 0);
  EXPECT_EQ(host_of("name of"), 0);  // more than one
  EXPECT_EQ(host_of("a.pupil"), 0);
}

TEST_F(GuestAsksTest, IsLetInByASponsorAtOnceAndByNobodyElse) {
  const GuestId guest = ask().value().guest;
  EXPECT_EQ(let_in(guest, teacher).error().code, Code::Denied);
  EXPECT_EQ(let_in(guest, ict).error().code, Code::Denied);  // may issue, and is no sponsor
  const auto before = records();
  const IssuedGuest made = let_in(guest, reception).value();
  EXPECT_EQ(records(), before + 2);
  EXPECT_EQ(type(2), "guest.approve");
  EXPECT_EQ(type(1), "guest.issue");
  EXPECT_EQ(made.row.guest.approved_by, reception.person.key);
  EXPECT_EQ(effective_end(made.row.guest, *school().guest_kind("visitor")), clock.now() + hours{8});
  EXPECT_TRUE(enter(made));  // an account like any other
  EXPECT_EQ(of()->state, State::LetIn);
  EXPECT_EQ(let_in(guest, reception).error().code, Code::Conflict);
}

TEST_F(GuestAsksTest, WhoApprovesAnswersForThemWhereNoHostWasFound) {
  const GuestId guest = ask("10.1.0.7", "Mrs Amed").value().guest;
  EXPECT_EQ(row(guest).guest.visits, "Mrs Amed");
  EXPECT_EQ(let_in(guest, reception).value().row.guest.host, reception.person.key);
}

TEST_F(GuestAsksTest, ReadsThatItWasRefusedAndMayAskAgain) {
  const GuestId guest = ask().value().guest;
  ASSERT_TRUE(take(guest, What::Reject, reception));
  EXPECT_EQ(of()->state, State::Refused);
  const AskedFor next = ask().value();
  EXPECT_NE(next.guest, guest);
  EXPECT_EQ(of()->guest, next.guest);
}

TEST_F(GuestAsksTest, AFloodFromOneDeviceToOneHostOrFromOnePlaceIsStopped) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(take(ask().value().guest, What::Reject, reception));
  EXPECT_EQ(refused("10.1.0.7", "somebody else"), Code::Conflict);
  for (int i = 0; i < 7; ++i) ASSERT_TRUE(ask("10.2.0." + std::to_string(i)));
  EXPECT_EQ(refused("10.2.0.99", "R.AHMED"), Code::Conflict);
  for (int i = 0; i < 20; ++i)
    ASSERT_TRUE(ask("10.3.0." + std::to_string(i), "host " + std::to_string(i))) << i;
  EXPECT_EQ(refused("10.3.0.99", "another"), Code::Conflict);
  clock.time += TryLimiter::kWindow;
  EXPECT_TRUE(ask("10.3.0.99", "another"));
}

TEST_F(GuestAsksTest, NoMoreWaitThanTheDeskCanSee) {
  for (std::size_t i = 0; i < GuestAsks::kWaitingMax; ++i) {
    if (i % 25 == 0) clock.time += TryLimiter::kWindow;
    const std::string number = std::to_string(i);
    ASSERT_TRUE(ask("10.4.0." + number, "host " + number)) << i;
  }
  clock.time += TryLimiter::kWindow;
  EXPECT_EQ(refused("10.5.0.1", "another"), Code::Conflict);
  ASSERT_TRUE(take(of("10.4.0.0")->guest, What::Reject, reception));
  EXPECT_TRUE(ask("10.5.0.1", "another"));
}

TEST_F(GuestAsksTest, IsOverAfterTwoHours) {
  const GuestId guest = ask().value().guest;
  clock.time += kOwnRequestStands;
  EXPECT_FALSE(of());
  EXPECT_EQ(let_in(guest, reception).error().code, Code::Conflict);
  ASSERT_TRUE(keeper.run_once(clock.time));
  EXPECT_EQ(row(guest).guest.state, GuestState::Ended);
  EXPECT_NE(ask().value().guest, guest);
}

TEST_F(GuestAsksTest, AnotherDeviceWithTheSameAddressIsNotIt) {
  const auto asked = wait<AskedFor>([&](auto then) {
    asks.ask(school(), {"10.1.0.7", "02-00-00-00-00-21", "hall", ""},
             {"visitor", "Mx B. Walker", "r.ahmed", "interview"}, then);
  });
  ASSERT_TRUE(asked);
  EXPECT_TRUE(of("10.1.0.7", "02-00-00-00-00-21"));
  EXPECT_FALSE(of("10.1.0.7", "02-00-00-00-00-22"));
}

TEST_F(GuestAsksTest, NeedsANameAHostAReasonAndAKindThatMayBeAskedFor) {
  const GuestAsk whole{"visitor", "Mx B. Walker", "r.ahmed", "interview"};
  for (std::string GuestAsk::*part : {&GuestAsk::name, &GuestAsk::visits, &GuestAsk::reason}) {
    GuestAsk asked = whole;
    asked.*part = "";
    EXPECT_EQ(ask("10.1.0.7", asked).error().code, Code::Invalid);
  }
  GuestAsk other = whole;
  other.kind = "supply";  // nobody may ask for it by themselves
  EXPECT_EQ(ask("10.1.0.7", other).error().code, Code::Denied);
  other.kind = "burglar";
  EXPECT_EQ(ask("10.1.0.7", other).error().code, Code::Invalid);
  EXPECT_TRUE(ask("10.1.0.7", whole));  // and none of these counted
}

TEST_F(GuestAsksTest, ForgetsTheDeviceWithTheGuest) {
  const GuestId guest = ask().value().guest;
  ASSERT_TRUE(take(guest, What::Reject, reception));
  clock.time += days{31};
  ASSERT_TRUE(keeper.run_once(clock.time));
  const GuestRow forgotten = row(guest);
  EXPECT_EQ(forgotten.guest.state, GuestState::Purged);
  EXPECT_EQ(forgotten.asked_address + forgotten.asked_device + forgotten.guest.visits, "");
}

TEST_F(GuestAsksTest, MoreTimeIsAskedForOnceAndAnsweredByWhoMayExtend) {
  const GuestId guest = issue().row.guest.id;
  const auto end = [&] { return effective_end(row(guest).guest, *school().guest_kind("visitor")); };
  const Time before = end();
  EXPECT_EQ(longer(guest, hours{3}).error().code, Code::Denied);
  EXPECT_EQ(longer(guest, hours{1}).value().guest.longer, hours{1});
  EXPECT_EQ(type(1), "guest.longer");
  EXPECT_EQ(end(), before);
  EXPECT_EQ(longer(guest, hours{1}).error().code, Code::Denied);
  EXPECT_EQ(take(guest, What::RefuseLonger, teacher).error().code, Code::Denied);
  ASSERT_TRUE(take(guest, What::RefuseLonger, reception));
  EXPECT_EQ(longer(guest, hours{1}).error().code, Code::Denied);
  EXPECT_EQ(take(guest, What::RefuseLonger, reception).error().code, Code::Conflict);
  ASSERT_TRUE(take(guest, What::Extend, reception, hours{1}));
  EXPECT_EQ(end(), before + hours{1});
  EXPECT_FALSE(row(guest).guest.longer_refused);
  EXPECT_EQ(longer_left(row(guest).guest, *school().guest_kind("visitor")), milliseconds{0});
}

}  // namespace
}  // namespace assent
