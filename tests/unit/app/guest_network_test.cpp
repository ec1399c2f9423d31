// Who is let onto the network, and what of it an access point learns (issue 4, point 3).

#include <gtest/gtest.h>

#include "tests/unit/app/radius_rig.h"

namespace assent {
namespace {

using What = GuestStep::What;

struct GuestNetworkTest : testing::Test, RadiusRig {};

std::string told(const RadiusAttributes& all, RadiusName name) {
  const auto found = std::ranges::find(all, name, &RadiusAttribute::name);
  return found == all.end() ? "nothing" : found->value;
}

TEST_F(GuestNetworkTest, AGuestIsLetInUntilTheirEnd) {
  const IssuedGuest guest = online_guest();
  const auto first = ask(asking(guest)).value();
  EXPECT_EQ(told(first, RadiusName::SessionTimeout), "28800");
  EXPECT_EQ(told(first, RadiusName::TunnelPrivateGroupId), "210");
  clock.time += hours{8} - seconds{60};
  EXPECT_EQ(told(ask(asking(guest)).value(), RadiusName::SessionTimeout), "60");
  clock.time += milliseconds{1};
  EXPECT_EQ(ask(asking(guest)).error().code, Code::Denied);
}

TEST_F(GuestNetworkTest, WhoOwesTheRulesIsKeptApart) {
  const IssuedGuest guest = issue();
  const auto first = ask(asking(guest)).value();
  EXPECT_EQ(told(first, RadiusName::SessionTimeout), "300");
  EXPECT_EQ(told(first, RadiusName::TunnelPrivateGroupId), "299");
  accept(guest);
  EXPECT_EQ(told(ask(asking(guest)).value(), RadiusName::TunnelPrivateGroupId), "210");
}

TEST_F(GuestNetworkTest, DeniesWhateverTheReason) {
  const IssuedGuest here = online_guest(), gone = issue(), held = issue();
  (void)take(gone.row.guest.id, What::Revoke, ict).value();
  (void)take(held.row.guest.id, What::Suspend, ict).value();
  std::vector<RadiusRequest> tried(8, asking(here));
  tried[0].password = gone.passphrase;
  tried[1].user = "v-nobody-000";
  tried[2].user = "%{exec:/usr/bin/id}";
  tried[3].user.clear();
  tried[4].nas = "ap-oakfield";  // another school's
  tried[5].nas = "ap-unknown";
  tried[6] = asking(gone);
  tried[7] = asking(held);
  tried.push_back(asking(here, ""));
  for (const RadiusRequest& each : tried)
    EXPECT_EQ(ask(each).error().code, Code::Denied) << each.user << " at " << each.nas;
  EXPECT_TRUE(ask(asking(here)));
}

TEST_F(GuestNetworkTest, CapitalsInANameAreNotAnotherName) {
  RadiusRequest shouted = asking(online_guest());
  for (char& c : shouted.user) c = char(std::toupper(c));
  EXPECT_TRUE(ask(shouted));
}

TEST_F(GuestNetworkTest, WhoGuessesLocksTheirOwnDeviceAndNotTheGuest) {
  const IssuedGuest guest = online_guest();
  RadiusRequest wrong = asking(guest, kTablet);
  wrong.password = "maple-robin-tunnel-robin";
  for (int i = 0; i < 5; ++i) {
    if (i == 2) wrong.user[0] = 'V';  // the same account
    EXPECT_FALSE(ask(wrong));
  }
  EXPECT_EQ(ask(asking(guest, kTablet)).error().code, Code::Denied);
  EXPECT_FALSE(row(guest.row.guest.id).guest.first_login);
  EXPECT_TRUE(ask(asking(guest, kPhone)));
  clock.time += TryLimiter::kWindow;
  EXPECT_TRUE(ask(asking(guest, kTablet)));
}

TEST_F(GuestNetworkTest, NoMoreDevicesThanTheKindAllows) {
  const IssuedGuest guest = online_guest();
  const std::string third = "02-00-00-00-00-03";
  const std::string phone = log_in(guest, kPhone);
  EXPECT_FALSE(start(phone));
  EXPECT_TRUE(ask(asking(guest, kTablet)));  // nobody has reported it yet, and still it counts
  EXPECT_FALSE(ask(asking(guest, third)));
  EXPECT_TRUE(ask(asking(guest, kPhone)));  // again, as after a walk to another building
  EXPECT_FALSE(stop(phone));
  EXPECT_FALSE(ask(asking(guest, third)));  // the phone logged in again just now
  clock.time += OnlineGuests::kExpected;
  EXPECT_TRUE(ask(asking(guest, third)));
}

TEST_F(GuestNetworkTest, AClassFitsIntoAnAttributeAndIsOursAlone) {
  const std::string sealed = log_in(online_guest());
  EXPECT_LE(sealed.size(), RadiusLimits::kText);
  EXPECT_EQ(open_class(guest_key, sealed)->device, kPhone);
  EXPECT_EQ(open_class(support::secret(8), sealed).error().code, Code::Denied);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(open_class(guest_key, changed)) << i;
  }
}

}  // namespace
}  // namespace assent
