// What access points report, in whatever order, as often as they like (issue 4, faults).

#include "service/app/guest_stays.h"

#include <gtest/gtest.h>

#include "tests/unit/app/radius_rig.h"

namespace assent {
namespace {

using What = GuestStep::What;

struct GuestStaysTest : testing::Test, RadiusRig {
  const IssuedGuest guest = online_guest();
  const std::string of_phone = log_in(guest);
};

TEST_F(GuestStaysTest, ASessionBecomesOneRow) {
  const Time begun = clock.time;
  EXPECT_FALSE(start(of_phone));
  clock.time += minutes{5};
  RadiusRequest middle = said(RadiusStatus::Interim, of_phone);
  middle.address = "10.0.0.7";
  EXPECT_FALSE(report(middle).value());
  clock.time += minutes{1};
  RadiusRequest last = said(RadiusStatus::Stop, of_phone);
  last.cause = "User-Request";
  EXPECT_FALSE(report(last).value());
  GuestSessionRow expected;
  expected.id = only_row(guest).id;
  expected.guest = guest.row.guest.id;
  expected.school = 1;
  expected.device = kPhone;
  expected.nas = "ap-hall";
  expected.nas_session = "A1";
  expected.address = "10.0.0.7";
  expected.started = begun;
  expected.seen = begun + minutes{6};
  expected.ended = expected.seen;
  expected.cause = "user-request";
  EXPECT_EQ(only_row(guest), expected);
}

TEST_F(GuestStaysTest, IsFoundByTheAddressThatItHasNow) {
  const auto is_at = [&](const char* address) {
    return online->at_address(1, address).has_value();
  };
  RadiusRequest middle = said(RadiusStatus::Interim, of_phone);
  for (const char* address : {"10.0.0.7", "10.0.0.8"}) {
    middle.address = address;
    EXPECT_FALSE(report(middle).value());
  }
  EXPECT_FALSE(is_at("10.0.0.7"));
  EXPECT_TRUE(is_at("10.0.0.8"));
  EXPECT_FALSE(online->at_address(2, "10.0.0.8"));
  stop(of_phone);
  EXPECT_FALSE(is_at("10.0.0.8"));
}

TEST_F(GuestStaysTest, NoReportMakesALedgerRecord) {
  const auto before = records();
  start(of_phone);
  stop(of_phone);
  EXPECT_EQ(records(), before);
}

TEST_F(GuestStaysTest, TheSameTwiceIsOnce) {
  start(of_phone);
  start(of_phone);
  EXPECT_EQ(rows(guest).size(), 1u);
  stop(of_phone);
  const GuestSessionRow ended = only_row(guest);
  clock.time += minutes{1};
  for (const auto status : {RadiusStatus::Stop, RadiusStatus::Start, RadiusStatus::Interim})
    EXPECT_FALSE(report(said(status, of_phone)).value());
  EXPECT_EQ(only_row(guest), ended);
}

TEST_F(GuestStaysTest, AReportThatComesAloneIsEnough) {
  interim(of_phone);
  EXPECT_FALSE(only_row(guest).ended);
  EXPECT_EQ(online->all().size(), 1u);
  RadiusRequest other = said(RadiusStatus::Stop, of_phone, "A2");
  EXPECT_FALSE(report(other).value());
  EXPECT_EQ(rows(guest).size(), 2u);
  EXPECT_EQ(online->all().size(), 1u);
}

TEST_F(GuestStaysTest, EachAccessPointHasAStayOfItsOwn) {
  start(of_phone);
  RadiusRequest there = said(RadiusStatus::Start, of_phone);
  there.nas = "ap-library";
  EXPECT_FALSE(report(there).value());
  EXPECT_EQ(rows(guest).size(), 2u);
}

TEST_F(GuestStaysTest, WhatIsNobodysIsPassedOver) {
  std::vector<RadiusRequest> odd(5, said(RadiusStatus::Start, of_phone));
  odd[0].nas = "ap-unknown";
  odd[1].nas = "ap-oakfield";  // another school's cannot say where our guests are
  odd[2].classes = {"assent", of_phone + "A"};
  odd[3].classes.clear();
  odd[4].status = RadiusStatus::None;
  for (const RadiusRequest& each : odd) EXPECT_FALSE(report(each).value());
  EXPECT_TRUE(rows(guest).empty());
  odd[2].classes.push_back(of_phone);  // another module's Class before ours
  EXPECT_FALSE(report(odd[2]).value());
  EXPECT_EQ(rows(guest).size(), 1u);
}

TEST_F(GuestStaysTest, WhoMayNotBeOnlineIsToBeCut) {
  start(of_phone);
  EXPECT_FALSE(interim(of_phone));
  (void)take(guest.row.guest.id, What::Suspend, ict).value();
  EXPECT_TRUE(interim(of_phone));
  (void)take(guest.row.guest.id, What::Resume, ict).value();
  EXPECT_FALSE(interim(of_phone));
  clock.time += hours{8};
  EXPECT_TRUE(interim(of_phone));
  EXPECT_FALSE(stop(of_phone));
  EXPECT_EQ(only_row(guest).cause, "expired");
}

TEST_F(GuestStaysTest, WhoOwesNewRulesIsToBeCutAndComesBackIntoQuarantine) {
  start(of_phone);
  support::VersionText text;
  text.rules.emplace_back("charger", "My charger is safe.");
  publish("visitor", 2, text);
  EXPECT_TRUE(interim(of_phone));
  const std::string again = log_in(guest);
  EXPECT_FALSE(report(said(RadiusStatus::Start, again, "A2")).value());
  accept(guest);
  EXPECT_TRUE(report(said(RadiusStatus::Interim, again, "A2")).value());
}

TEST_F(GuestStaysTest, AnAccessPointThatBeginsAnewHasNobody) {
  start(of_phone);
  RadiusRequest on;
  on.nas = "ap-library";
  on.status = RadiusStatus::NasOn;
  EXPECT_FALSE(report(on).value());
  settle();
  EXPECT_EQ(online->all().size(), 1u);
  on.nas = "ap-hall";
  EXPECT_FALSE(report(on).value());
  settle();
  EXPECT_TRUE(online->all().empty());
  EXPECT_EQ(only_row(guest).cause, "nas-reboot");
}

TEST_F(GuestStaysTest, WhatIsOpenIsKnownAfterARestart) {
  start(of_phone);
  const auto again = OnlineGuests::load(store.guest_sessions, registry->schools()).value();
  EXPECT_EQ(again->all(), online->all());
  EXPECT_TRUE(again->take(guest.row.guest.id, kTablet, 2, clock.time));
  EXPECT_FALSE(again->take(guest.row.guest.id, "02-00-00-00-00-03", 2, clock.time));
}

TEST_F(GuestStaysTest, TextsThatAreTooLongAreLeftOut) {
  RadiusRequest odd = said(RadiusStatus::Stop, of_phone, std::string(253, 'a'));
  odd.cause = std::string(253, 'B');
  EXPECT_FALSE(report(odd).value());
  EXPECT_EQ(only_row(guest).nas_session, "");
  EXPECT_EQ(only_row(guest).cause, std::string(64, 'b'));
}

}  // namespace
}  // namespace assent
