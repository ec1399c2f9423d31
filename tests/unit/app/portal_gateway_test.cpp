// The portal where a gateway stands between the visitors and the internet.
#include <gtest/gtest.h>

#include "service/app/portal.h"
#include "tests/support/fake_gateway.h"
#include "tests/unit/app/radius_rig.h"

namespace assent {
namespace {

using support::FakeGateway;

struct PortalAtGateway : testing::Test, RadiusRig {
  PortalAtGateway() {
    gateways.add({"kingsmead"}, "hall", gateway, {parse_address_range("10.1.0.0/24").value()});
  }

  template <class Call>
  PortalAnswer answer(Call call) {
    const auto promise = std::make_shared<std::promise<PortalAnswer>>();
    call([promise](PortalAnswer given) { promise->set_value(std::move(given)); });
    return promise->get_future().get();
  }
  PortalAnswer come(const PortalDevice& device) {
    return answer([&](auto then) { portal.come(school(), device, then); });
  }
  PortalDevice at(const std::string& address, const std::string& hardware = kPhone) const {
    return {address, hardware, "hall", "token"};
  }
  PortalAnswer go_online(const IssuedGuest& guest, const PortalDevice& device) {
    const PortalState state = come(device).state;
    const TypedCode typed{guest.voucher, "", ""};
    return answer([&](auto then) { portal.enter(school(), state, typed, "en", then); });
  }
  void round() {
    cutter.round();
    settle();
  }

  std::shared_ptr<FakeGateway> gateway = std::make_shared<FakeGateway>("hall", clock);
  SecretKey portal_key = support::secret(11);
  Portal portal{{*registry, door, browser, store.people, store.standings, store.guest_sessions,
                 *online, gateways, tries, *writer, portal_key, clock, random,
                 [this](const auto& stay, const auto& cause) { cutter.cut(stay, cause); }}};
};

template <class View>
bool shows(const PortalAnswer& given) {
  return std::holds_alternative<View>(given.view);
}

TEST_F(PortalAtGateway, LetsTheDeviceOnThere) {
  const IssuedGuest guest = online_guest();
  const PortalAnswer given = go_online(guest, at("10.1.0.7"));
  ASSERT_TRUE(shows<NowOnline>(given));
  EXPECT_FALSE(std::get<NowOnline>(given.view).connecting);
  EXPECT_TRUE(gateway->is_on(kPhone));
  EXPECT_EQ(only_row(guest).nas, "hall");
  EXPECT_EQ(only_row(guest).device, kPhone);
}

TEST_F(PortalAtGateway, SaysThatItTakesAMoment) {
  gateway->is_slow = true;
  EXPECT_TRUE(std::get<NowOnline>(go_online(online_guest(), at("10.1.0.7")).view).connecting);
  EXPECT_TRUE(portal.standing(school(), "10.1.0.7")->connecting);
  gateway->is_slow = false;
  EXPECT_FALSE(portal.standing(school(), "10.1.0.7")->connecting);
}

TEST_F(PortalAtGateway, ASilentGatewayIsNoWayOnline) {
  gateway->away = true;
  const IssuedGuest guest = online_guest();
  EXPECT_TRUE(shows<NotNow>(go_online(guest, at("10.1.0.7"))));
  EXPECT_EQ(only_row(guest).cause, "not-let-on");
  EXPECT_FALSE(portal.standing(school(), "10.1.0.7"));
}

TEST_F(PortalAtGateway, TheLastMomentsAreNoTimeToBeLetOn) {
  const IssuedGuest guest = online_guest();
  clock.time += hours{8} - seconds{30};
  EXPECT_TRUE(shows<AskForCode>(go_online(guest, at("10.1.0.7"))));
  EXPECT_FALSE(gateway->is_on(kPhone));
}

TEST_F(PortalAtGateway, WhoeverTheGatewayForgotIsLetOnAgainUnasked) {
  const IssuedGuest guest = online_guest();
  (void)go_online(guest, at("10.1.0.7"));
  (void)gateway->cut(only_row(guest), "forgotten", clock.now());
  EXPECT_TRUE(shows<NowOnline>(come(at("10.1.0.7"))));
  EXPECT_TRUE(gateway->is_on(kPhone));
  EXPECT_EQ(rows(guest).size(), 1u);
}

TEST_F(PortalAtGateway, AnotherDeviceAtTheSameAddressIsAskedForACode) {
  (void)go_online(online_guest(), at("10.1.0.7"));
  EXPECT_TRUE(shows<AskForCode>(come(at("10.1.0.7", kTablet))));
}

TEST_F(PortalAtGateway, CutsWhoLogsOut) {
  const IssuedGuest guest = online_guest();
  const PortalAnswer on = go_online(guest, at("10.1.0.7"));
  (void)answer([&](auto then) { portal.leave(school(), on.state, then); });
  round();
  EXPECT_FALSE(gateway->is_on(kPhone));
  EXPECT_EQ(only_row(guest).cause, "user-request");
}

TEST_F(PortalAtGateway, CutsWhoIsRevokedAndWhoseTimeIsOver) {
  const IssuedGuest one = online_guest(), two = online_guest();
  (void)go_online(one, at("10.1.0.7"));
  (void)go_online(two, at("10.1.0.8", kTablet));
  (void)take(one.row.guest.id, GuestStep::What::Revoke, ict).value();
  round();
  EXPECT_FALSE(gateway->is_on(kPhone));
  EXPECT_TRUE(gateway->is_on(kTablet));
  EXPECT_EQ(only_row(one).cause, "revoked");
  clock.time += hours{8} + GuestCutter::kLookEvery;
  round();
  EXPECT_FALSE(gateway->is_on(kTablet));
  EXPECT_TRUE(only_row(two).ended);
}

TEST_F(PortalAtGateway, CutsTheOldestOfTooManyDevices) {
  const IssuedGuest guest = online_guest();
  const std::string third = "02-00-00-00-00-03";
  (void)go_online(guest, at("10.1.0.7"));
  clock.time += seconds{1};
  (void)go_online(guest, at("10.1.0.8", kTablet));
  clock.time += seconds{1};
  (void)go_online(guest, at("10.1.0.9", third));
  round();
  EXPECT_EQ(gateway->all_cut(), std::vector<std::string>{kPhone + " other-device"});
}

TEST_F(PortalAtGateway, AStayGoesOnUntilItsGatewaySaysThatItIsOver) {
  gateway->says_itself = true;
  const IssuedGuest guest = online_guest();
  (void)go_online(guest, at("10.1.0.7"));
  (void)take(guest.row.guest.id, GuestStep::What::Revoke, ict).value();
  round();
  EXPECT_FALSE(only_row(guest).ended);
  EXPECT_EQ(gateway->all_cut().size(), 1u);
  clock.time += GuestCutter::kLookEvery;
  round();
  EXPECT_EQ(gateway->all_cut().size(), 2u);  // told again until it says so
}

TEST_F(PortalAtGateway, WhoOpensThePageByHandIsSentThroughTheGateway) {
  const IssuedGuest guest = online_guest();
  const PortalDevice by_hand{"10.1.0.7", "", "", ""};
  const PortalAnswer sent = come(by_hand);
  EXPECT_TRUE(shows<ThroughGateway>(sent));
  const TypedCode typed{guest.voucher, "", ""};
  EXPECT_TRUE(shows<ThroughGateway>(
      answer([&](auto then) { portal.enter(school(), sent.state, typed, "en", then); })));
  EXPECT_TRUE(rows(guest).empty());
  (void)go_online(guest, at("10.1.0.7"));
  EXPECT_TRUE(shows<NowOnline>(come(by_hand)));
  EXPECT_TRUE(shows<AskForCode>(come({"10.2.0.7", "", "", ""})));  // another network of the school
}

TEST_F(PortalAtGateway, ADeviceThatChangesHandsIsTheNewGuests) {
  const IssuedGuest one = online_guest(), two = online_guest();
  (void)go_online(one, at("10.1.0.7"));
  const TypedCode typed{two.voucher, "", ""};
  PortalState state = come({"10.1.0.7", "", "", ""}).state;
  state.device = at("10.1.0.7");
  (void)answer([&](auto then) { portal.enter(school(), state, typed, "en", then); });
  EXPECT_EQ(only_row(one).cause, "other-guest");
  EXPECT_FALSE(only_row(two).ended);
  EXPECT_TRUE(gateway->is_on(kPhone));
}

}  // namespace
}  // namespace assent
