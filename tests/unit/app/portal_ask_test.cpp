// Self-registration on the portal, and wishes for more time: nothing is typed but a name, a host
// and a reason.
#include <gtest/gtest.h>

#include "service/app/portal.h"
#include "tests/unit/app/radius_rig.h"

namespace assent {
namespace {

struct PortalAsking : testing::Test, RadiusRig {
  template <class Call>
  PortalAnswer page(Call call) {
    const auto promise = std::make_shared<std::promise<PortalAnswer>>();
    call([promise](PortalAnswer given) { promise->set_value(std::move(given)); });
    return promise->get_future().get();
  }
  PortalAnswer come(const PortalDevice& device) {
    return page([&](auto then) { portal.come(school(), device, then); });
  }
  PortalAnswer come(const std::string& address = "10.1.0.7") {
    return come(PortalDevice{address, "", "", ""});
  }
  PortalAnswer type(const PortalState& state, const std::string& voucher) {
    return page([&](auto then) { portal.enter(school(), state, {voucher, "", ""}, "en", then); });
  }
  PortalAnswer say_yes(const PortalAnswer& shown) {
    return page([&](auto then) { portal.answer(school(), shown.state, true, "en", then); });
  }
  PortalAnswer show_form(const PortalDevice& device) {
    return page([&](auto then) { portal.show_ask_form(school(), come(device).state, then); });
  }
  PortalAnswer show_form() { return show_form({"10.1.0.7", "", "", ""}); }
  PortalAnswer send(const GuestAsk& asked, const PortalState& state) {
    return page([&](auto then) { portal.ask(school(), state, asked, then); });
  }
  PortalAnswer send(const GuestAsk& asked) { return send(asked, show_form().state); }
  PortalAnswer go(const PortalAnswer& shown) {
    return page([&](auto then) { portal.take_up(school(), shown.state, "en", then); });
  }
  PortalAnswer go_online(const IssuedGuest& guest) {
    const PortalAnswer first = type(come().state, guest.voucher);
    return std::holds_alternative<ReadRules>(first.view) ? say_yes(first) : first;
  }
  PortalAnswer ask_longer(const PortalAnswer& shown, milliseconds by) {
    return page([&](auto then) { portal.ask_longer(school(), shown.state, by, then); });
  }
  GuestId waiting() { return asks.of(school(), {"10.1.0.7", "", "", ""})->guest; }
  static NowOnline now(const PortalAnswer& shown) { return std::get<NowOnline>(shown.view); }

  const GuestAsk kWish{"visitor", "Mx B. Walker", "r.ahmed", "interview"};
  SecretKey portal_key = support::secret(11);
  Portal portal{{*registry, door, browser, store.people, store.standings, store.guest_sessions,
                 *online, gateways, tries, *writer, portal_key, clock, random,
                 [](const GuestSessionRow&, const std::string&) {}, &asks}};
};

template <class View>
bool sees(const PortalAnswer& answer) {
  return std::holds_alternative<View>(answer.view);
}

TEST_F(PortalAsking, GoesOnlineOnceASponsorLetThemIn) {
  EXPECT_TRUE(sees<AskForAccess>(show_form()));
  const PortalAnswer sent = send(kWish);
  ASSERT_TRUE(sees<WaitToBeLetIn>(sent));
  const auto& waits = std::get<WaitToBeLetIn>(sent.view);
  EXPECT_EQ(waits.code, match_code(waiting().bytes));
  EXPECT_EQ(waits.until, clock.now() + kOwnRequestStands);
  EXPECT_TRUE(sees<WaitToBeLetIn>(come()));
  EXPECT_TRUE(sees<WaitToBeLetIn>(go(come())));  // not yet
  EXPECT_TRUE(sees<AskForCode>(come("10.1.0.8")));
  const IssuedGuest made = let_in(waiting(), reception).value();
  const PortalAnswer in = come();
  ASSERT_TRUE(sees<LetIn>(in));
  EXPECT_TRUE(store.guest_sessions.of(made.row.guest.id, 1)->empty());  // looking lets nobody on
  const PortalAnswer rules = go(in);
  ASSERT_TRUE(sees<ReadRules>(rules));
  const PortalAnswer now_on = say_yes(rules);
  ASSERT_TRUE(sees<NowOnline>(now_on));
  EXPECT_EQ(now(now_on).until, clock.now() + hours{8});
  EXPECT_TRUE(row(made.row.guest.id).guest.first_login);
  (void)page([&](auto then) { portal.leave(school(), now_on.state, then); });
  EXPECT_TRUE(sees<AskForCode>(come()));  // the request is used up; the account's code works
  EXPECT_TRUE(sees<NowOnline>(type(come().state, made.voucher)));
}

TEST_F(PortalAsking, AnotherDeviceCannotTakeUpWhatWasApproved) {
  (void)send(kWish);
  (void)let_in(waiting(), reception).value();
  PortalAnswer stolen = come();
  stolen.state.device.address = "10.1.0.66";  // sealed states cannot; yet if they could
  EXPECT_TRUE(sees<AskForCode>(go(stolen)));
  EXPECT_TRUE(sees<LetIn>(come()));
}

TEST_F(PortalAsking, SaysWhatIsMissingAndKeepsWhatWasTyped) {
  const PortalAnswer answer = send({"visitor", "Mx B. Walker", "", "interview"});
  ASSERT_TRUE(sees<AskForAccess>(answer));
  const auto& view = std::get<AskForAccess>(answer.view);
  EXPECT_EQ(view.fault, AskForAccess::Fault::Missing);
  EXPECT_EQ(view.typed.name, "Mx B. Walker");
}

TEST_F(PortalAsking, WhoWasNotLetInReadsThatAndMayAskAgain) {
  (void)send(kWish);
  ASSERT_TRUE(take(waiting(), GuestStep::What::Reject, reception));
  EXPECT_TRUE(sees<NotLetIn>(come()));
  EXPECT_TRUE(sees<WaitToBeLetIn>(send(kWish)));
}

TEST_F(PortalAsking, AVoucherWorksWhileARequestWaits) {
  (void)send(kWish);
  const IssuedGuest guest = issue();
  PortalAnswer form = page([&](auto then) { portal.show_code_form(school(), come().state, then); });
  EXPECT_TRUE(sees<ReadRules>(type(form.state, guest.voucher)));
}

TEST_F(PortalAsking, WhoIsOnlineAsksToStayLonger) {
  const IssuedGuest guest = issue();
  const PortalAnswer now_on = go_online(guest);
  EXPECT_EQ(now(now_on).longer_left, hours{2});
  const PortalAnswer asked = ask_longer(now_on, hours{1});
  EXPECT_EQ(now(asked).longer_left, milliseconds{0});
  EXPECT_EQ(now(asked).longer_until, clock.now() + hours{9});
  EXPECT_EQ(now(asked).until, clock.now() + hours{8});
  ASSERT_TRUE(take(guest.row.guest.id, GuestStep::What::Extend, reception, hours{1}));
  EXPECT_EQ(now(come()).until, clock.now() + hours{9});
  EXPECT_FALSE(now(come()).longer_until);
}

TEST_F(PortalAsking, NobodyAsksToStayLongerForSomebodyElse) {
  const IssuedGuest guest = issue(), other = issue();
  PortalAnswer forged = go_online(guest);
  forged.state.guest = other.row.guest.id;
  (void)ask_longer(forged, hours{1});
  EXPECT_EQ(row(other.row.guest.id).guest.longer, milliseconds{0});
}

// The page that looks again by itself comes without what its gateway told.
TEST_F(PortalAsking, RemembersWhichGatewayTheDeviceCameBy) {
  const PortalDevice device{"10.1.0.7", "02-00-00-00-00-21", "hall", "token"};
  EXPECT_EQ(send(kWish, show_form(device).state).state.device, device);
  EXPECT_EQ(come().state.device, device);
  const PortalDevice other{"10.1.0.7", "02-00-00-00-00-22", "hall", "token"};
  EXPECT_TRUE(sees<AskForCode>(come(other)));
}

}  // namespace
}  // namespace assent
