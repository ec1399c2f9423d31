// Ends and forgetting are written down when they are due.

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/support/guest_rig.h"

namespace assent {
namespace {

struct GuestKeeperTest : testing::Test, GuestRig {
  GuestState state(const IssuedGuest& guest) { return row(guest.row.guest.id).guest.state; }
  std::string type() {
    return *parse_json(store.ledger.record(records() - 1)->body)->find("type")->text();
  }
};

TEST_F(GuestKeeperTest, WritesTheEndDownSoThatNoClockRevivesAnybody) {
  const IssuedGuest guest = issue();
  clock.time += hours{8} - milliseconds{1};
  ASSERT_TRUE(keeper.run_once(clock.time));
  EXPECT_EQ(state(guest), GuestState::Issued);
  clock.time += milliseconds{1};
  ASSERT_TRUE(keeper.run_once(clock.time));
  EXPECT_EQ(state(guest), GuestState::Ended);
  EXPECT_EQ(type(), "guest.end");
  EXPECT_EQ(person_of(guest).state, PersonState::Left);
  clock.time -= hours{4};
  EXPECT_FALSE(enter(guest));
  const std::uint64_t size = records();
  ASSERT_TRUE(keeper.run_once(clock.time));
  EXPECT_EQ(records(), size);
}

TEST_F(GuestKeeperTest, AnExtensionThatCameFirstWins) {
  const IssuedGuest guest = issue();
  clock.time += hours{7};
  ASSERT_TRUE(take(guest.row.guest.id, GuestStep::What::Extend, ict, hours{2}));
  clock.time += hours{2};
  ASSERT_TRUE(keeper.run_once(clock.time));
  EXPECT_EQ(state(guest), GuestState::Issued);
  EXPECT_TRUE(enter(guest));
  clock.time += hours{1};
  ASSERT_TRUE(keeper.run_once(clock.time));
  EXPECT_EQ(state(guest), GuestState::Ended);
}

TEST_F(GuestKeeperTest, ForgetsWhoItWasWhenTheRetentionIsOver) {
  const IssuedGuest guest = issue();
  GuestSessionRow stay;
  stay.id.bytes = random.bytes<16>();
  stay.guest = guest.row.guest.id;
  stay.school = 1;
  stay.device = "02-00-00-00-00-01";
  stay.address = "10.0.0.9";
  put(stay);
  clock.time += hours{8};
  ASSERT_TRUE(keeper.run_once(clock.time));
  clock.time += days{30} - milliseconds{1};
  ASSERT_TRUE(keeper.run_once(clock.time));
  EXPECT_EQ(state(guest), GuestState::Ended);
  clock.time += milliseconds{1};
  ASSERT_TRUE(keeper.run_once(clock.time));
  const GuestRow forgotten = row(guest.row.guest.id);
  EXPECT_EQ(forgotten.guest.state, GuestState::Purged);
  EXPECT_EQ(forgotten.guest.name + forgotten.guest.reason, "");
  EXPECT_EQ(forgotten.guest.host, 0);
  EXPECT_EQ(person_of(guest).name, "");
  EXPECT_EQ(store.guest_sessions.one(stay.id)->device, "");
  EXPECT_EQ(store.guest_sessions.one(stay.id)->address, "");
  EXPECT_EQ(type(), "guest.forget");
}

TEST_F(GuestKeeperTest, ARequestThatNobodyAnswersEnds) {
  const GuestRow asked = request(order(), teacher).value();
  clock.time += kRequestStands;
  ASSERT_TRUE(keeper.run_once(clock.time));
  EXPECT_EQ(row(asked.guest.id).guest.state, GuestState::Ended);
}

// What a keeper that starts anew has to find by itself.
TEST_F(GuestKeeperTest, KnowsAfterARestartWhoIsDue) {
  const IssuedGuest guest = issue();
  GuestKeeper again(
      {*registry, store.guests, store.guest_sessions, store.people, *writer, clock, random});
  clock.time += hours{8};
  ASSERT_TRUE(again.start());
  again.stop();
  ASSERT_TRUE(again.run_once(clock.time));
  EXPECT_EQ(state(guest), GuestState::Ended);
}

}  // namespace
}  // namespace assent
