// Off the network at once when somebody ended it, and at the agreed minute (issue 4, point 3).

#include "service/app/guest_cutter.h"

#include <gtest/gtest.h>

#include "service/app/portal_state.h"
#include "tests/unit/app/radius_rig.h"

namespace assent {
namespace {

using What = GuestStep::What;
using Told = std::vector<std::string>;

struct GuestCutterTest : testing::Test, RadiusRig {
  // A session that an access point has reported.
  IssuedGuest at(const std::string& nas, const std::string& device = kPhone) {
    const IssuedGuest guest = online_guest();
    RadiusRequest begun = said(RadiusStatus::Start, log_in(guest, device));
    begun.nas = nas;
    EXPECT_FALSE(report(begun).value());
    return guest;
  }
  void revoke(const IssuedGuest& guest) {
    (void)take(guest.row.guest.id, What::Revoke, ict).value();
  }
  void round() {
    cutter.round();
    settle();
  }
};

TEST_F(GuestCutterTest, LeavesThemAloneWhoMayBeOnline) {
  at("ap-hall");
  round();
  clock.time += hours{1};
  round();
  EXPECT_EQ(access_points.told, Told{});
}

TEST_F(GuestCutterTest, CutsAtOnceWhoWasRevoked) {
  const IssuedGuest guest = at("ap-hall");
  round();  // or its first look at everybody may come in the middle of the commit
  cutter.start();
  revoke(guest);
  while (access_points.told_count() == 0) std::this_thread::yield();
  while (!only_row(guest).ended) std::this_thread::yield();
  EXPECT_EQ(access_points.told, Told{"ap-hall " + kPhone});
  EXPECT_EQ(only_row(guest).cause, "revoked");
}

TEST_F(GuestCutterTest, EndsWithItsGuestWhatThePortalAloneKnowsOf) {
  const IssuedGuest guest = online_guest();
  GuestSessionRow row;
  row.id.bytes = random.bytes<16>();
  row.guest = guest.row.guest.id;
  row.school = 1;
  row.address = "10.1.0.7";
  row.nas = kPortalNas;
  row.started = row.seen = clock.time;
  put(row);
  clock.time += hours{1};
  round();
  EXPECT_FALSE(only_row(guest).ended);                          // though nobody reported it
  EXPECT_TRUE(online->take(row.guest, kPhone, 1, clock.time));  // nor is it a device more
  revoke(guest);
  round();
  EXPECT_EQ(only_row(guest).cause, "revoked");
  EXPECT_EQ(access_points.told, Told{});
}

TEST_F(GuestCutterTest, CutsAtTheEndWhereASessionGoesOn) {
  const IssuedGuest guest = online_guest();
  const std::string of_phone = log_in(guest);
  start(of_phone);
  round();
  clock.time += hours{8} - milliseconds{1};
  EXPECT_FALSE(interim(of_phone));
  round();
  EXPECT_EQ(access_points.told, Told{});
  clock.time += GuestCutter::kLookEvery;
  round();
  EXPECT_EQ(access_points.told, Told{"ap-hall " + kPhone});
  EXPECT_EQ(only_row(guest).cause, "expired");
}

TEST_F(GuestCutterTest, ASilentAccessPointIsAskedAgainAndHoldsNobodyUp) {
  access_points.answers["ap-hall"] = Code::Unavailable;
  const IssuedGuest one = at("ap-hall"), two = at("ap-hall", kTablet), three = at("ap-library");
  for (const IssuedGuest& each : {one, two, three}) revoke(each);
  round();
  std::ranges::sort(access_points.told);
  EXPECT_EQ(access_points.told.size(), 2u);  // one of the two at the hall: the other would not work
  EXPECT_EQ(access_points.told.back(), "ap-library " + kPhone);
  EXPECT_FALSE(only_row(one).ended);
  round();
  EXPECT_EQ(access_points.told.size(), 2u);  // not before a while
  access_points.answers.clear();
  clock.time += seconds{5};
  round();
  EXPECT_TRUE(only_row(one).ended && only_row(two).ended && only_row(three).ended);
}

TEST_F(GuestCutterTest, AnAccessPointIsAskedAgainThoughTheClockWasSetBackMeanwhile) {
  access_points.answers["ap-hall"] = Code::Unavailable;
  const IssuedGuest one = at("ap-hall"), two = at("ap-hall", kTablet);
  for (const IssuedGuest& each : {one, two}) revoke(each);
  round();
  access_points.answers.clear();
  clock.time -= hours{1};
  round();
  EXPECT_TRUE(only_row(one).ended && only_row(two).ended);
}

TEST_F(GuestCutterTest, ASessionThatAnAccessPointDoesNotKnowIsOver) {
  access_points.answers["ap-hall"] = Code::NotFound;
  const IssuedGuest guest = at("ap-hall");
  revoke(guest);
  round();
  EXPECT_EQ(only_row(guest).cause, "revoked");
}

TEST_F(GuestCutterTest, AnAccessPointThatRefusesIsNotAskedUntilTheNextLook) {
  access_points.answers["ap-hall"] = Code::Denied;
  const IssuedGuest guest = at("ap-hall");
  round();
  revoke(guest);
  round();
  round();
  EXPECT_EQ(access_points.told.size(), 1u);
  EXPECT_FALSE(only_row(guest).ended);
}

TEST_F(GuestCutterTest, WhoHasNoAddressIsLeftToTheNextReport) {
  const IssuedGuest guest = at("ap-mute");
  revoke(guest);
  round();
  EXPECT_EQ(access_points.told, Told{});
  EXPECT_FALSE(only_row(guest).ended);
}

TEST_F(GuestCutterTest, AStayThatNobodyReportsIsLostUntilItIs) {
  const IssuedGuest guest = online_guest();
  const std::string of_phone = log_in(guest);
  start(of_phone);
  clock.time += minutes{15};
  round();
  EXPECT_FALSE(only_row(guest).ended);
  clock.time += GuestCutter::kLookEvery;
  round();
  EXPECT_EQ(only_row(guest).cause, "lost");
  EXPECT_TRUE(online->all().empty());
  EXPECT_EQ(access_points.told, Told{});
  interim(of_phone);
  EXPECT_FALSE(only_row(guest).ended);
  EXPECT_EQ(only_row(guest).cause, "");
}

// A gateway's stays are known by its own ways.
TEST_F(GuestCutterTest, LeavesAloneWhatNoAccessPointReports) {
  const IssuedGuest guest = online_guest();
  GuestSessionRow elsewhere;
  elsewhere.id.bytes[0] = std::byte{1};
  elsewhere.guest = guest.row.guest.id;
  elsewhere.school = 1;
  elsewhere.device = kPhone;
  elsewhere.nas = "gateway";
  elsewhere.started = elsewhere.seen = clock.time;
  put(elsewhere);
  clock.time += hours{9};
  round();
  EXPECT_FALSE(only_row(guest).ended);
  EXPECT_EQ(access_points.told, Told{});
}

TEST_F(GuestCutterTest, ALostStayIsCutAsWell) {
  const IssuedGuest guest = at("ap-hall");
  clock.time += minutes{16};
  round();
  revoke(guest);
  round();
  EXPECT_EQ(access_points.told, Told{"ap-hall " + kPhone});
}

}  // namespace
}  // namespace assent
