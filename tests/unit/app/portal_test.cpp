// The captive portal from the first page to the last, over a school that has guests.
#include "service/app/portal.h"

#include <gtest/gtest.h>

#include "tests/unit/app/radius_rig.h"

namespace assent {
namespace {

using After = AskForCode::After;
using Step = PortalState::Step;

struct PortalTest : testing::Test, RadiusRig {
  PortalTest() { open_portal(); }

  void open_portal() {
    portal = std::make_unique<Portal>(
        Portal::Needs{*registry, door, browser, store.people, store.standings, store.guest_sessions,
                      *online, gateways, tries, *writer, portal_key, clock, random,
                      [this](const auto& stay, const auto&) { cut.push_back(stay.nas); }});
  }
  template <class Call>
  PortalAnswer wait_for(Call call) {
    const auto promise = std::make_shared<std::promise<PortalAnswer>>();
    call([promise](PortalAnswer answer) { promise->set_value(std::move(answer)); });
    return promise->get_future().get();
  }
  PortalAnswer come(const std::string& address = "10.1.0.7") {
    return wait_for([&](auto then) { portal->come(school(), {address, "", "", ""}, then); });
  }
  PortalAnswer type(const PortalState& state, const TypedCode& typed) {
    return wait_for([&](auto then) { portal->enter(school(), state, typed, "en", then); });
  }
  PortalAnswer type(const std::string& voucher, const std::string& address = "10.1.0.7") {
    return type(come(address).state, {voucher, "", ""});
  }
  PortalAnswer say(const PortalAnswer& shown, bool yes) {
    return wait_for([&](auto then) { portal->answer(school(), shown.state, yes, "en", then); });
  }
  PortalAnswer log_out(const PortalAnswer& shown) {
    return wait_for([&](auto then) { portal->leave(school(), shown.state, then); });
  }
  PortalAnswer go_online(const IssuedGuest& guest, const std::string& address = "10.1.0.7") {
    const PortalAnswer first = type(guest.voucher, address);
    return std::holds_alternative<ReadRules>(first.view) ? say(first, true) : first;
  }
  // The form came from that address.
  Result<PortalState> take_form(const PortalState& state, const std::string& address,
                                PortalAnswer& again) {
    return portal->take(school(), portal->seal(state), address, again);
  }
  std::vector<GuestSessionRow> stays(const IssuedGuest& guest) {
    return store.guest_sessions.of(guest.row.guest.id, 10).value();
  }

  SecretKey portal_key = support::secret(11);
  std::vector<std::string> cut;  // the access points that were told
  std::unique_ptr<Portal> portal;
};

template <class View>
bool is(const PortalAnswer& answer) {
  return std::holds_alternative<View>(answer.view);
}
After asked_after(const PortalAnswer& answer) {
  return std::get<AskForCode>(answer.view).after;
}

TEST_F(PortalTest, LetsOnWhoReadAndAcceptedTheRules) {
  const IssuedGuest guest = issue();
  const PortalAnswer rules = type(guest.voucher);
  ASSERT_TRUE(is<ReadRules>(rules));
  EXPECT_EQ(std::get<ReadRules>(rules.view).kept, days{30});
  const auto before = records();
  const PortalAnswer shown = say(rules, true);
  ASSERT_TRUE(is<NowOnline>(shown));
  const auto& view = std::get<NowOnline>(shown.view);
  EXPECT_EQ(view.host, host.name);
  EXPECT_EQ(view.until, clock.now() + hours{8});
  EXPECT_EQ(view.receipt, before);
  ASSERT_EQ(stays(guest).size(), 1u);
  EXPECT_EQ(stays(guest)[0].address, "10.1.0.7");
  EXPECT_FALSE(stays(guest)[0].ended);
}

TEST_F(PortalTest, TakesAnAccountAndPassphraseToo) {
  const IssuedGuest guest = issue();
  const std::string account = guest.row.guest.account;
  EXPECT_TRUE(is<ReadRules>(type(come().state, {"", account, guest.passphrase})));
  std::string shouted = " " + account + " ";
  for (char& c : shouted) c = char(std::toupper(c));
  EXPECT_TRUE(is<ReadRules>(type(come().state, {"", shouted, guest.passphrase})));
}

TEST_F(PortalTest, AsksOnceAndNotAgainOnTheNextDevice) {
  const IssuedGuest guest = issue();
  (void)go_online(guest);
  EXPECT_TRUE(is<NowOnline>(type(guest.voucher, "10.1.0.8")));
}

TEST_F(PortalTest, RecordsANoAndLetsNobodyOnForIt) {
  const IssuedGuest guest = issue();
  const PortalAnswer rules = type(guest.voucher);
  const auto before = records();
  EXPECT_TRUE(is<SaidNo>(say(rules, false)));
  EXPECT_EQ(records(), before + 1);
  EXPECT_TRUE(stays(guest).empty());
  EXPECT_FALSE(portal->standing(school(), "10.1.0.7"));
  EXPECT_TRUE(is<NowOnline>(go_online(guest)));  // and they may think again
}

TEST_F(PortalTest, ShowsWhoComesBackThatTheyAreOnline) {
  const IssuedGuest guest = issue();
  (void)go_online(guest);
  EXPECT_TRUE(is<NowOnline>(come()));
  EXPECT_TRUE(is<AskForCode>(come("10.1.0.8")));
  online = OnlineGuests::load(store.guest_sessions, registry->schools()).value();
  open_portal();  // the service was started again
  EXPECT_TRUE(is<NowOnline>(come()));
  clock.time += (hours{9});
  EXPECT_TRUE(is<AskForCode>(come()));
}

TEST_F(PortalTest, LogsOut) {
  const IssuedGuest guest = issue();
  const PortalAnswer shown = go_online(guest);
  EXPECT_TRUE(is<LoggedOut>(log_out(shown)));
  EXPECT_TRUE(is<AskForCode>(come()));
  EXPECT_EQ(stays(guest)[0].cause, "user-request");
  EXPECT_TRUE(is<NowOnline>(type(guest.voucher)));  // the code still works
}

TEST_F(PortalTest, LogsOutAtTheAccessPointThatReportedTheDevice) {
  const IssuedGuest guest = issue();
  const PortalAnswer shown = go_online(guest);
  GuestSessionRow reported = stays(guest)[0];
  reported.id.bytes = random.bytes<16>();
  reported.nas = "ap-hall";
  put(reported);
  EXPECT_TRUE(is<LoggedOut>(log_out(shown)));
  EXPECT_EQ(cut, std::vector<std::string>{"ap-hall"});
}

TEST_F(PortalTest, SomebodyElsesStateLogsNobodyOut) {
  const IssuedGuest guest = issue(), other = issue();
  (void)go_online(guest);
  PortalAnswer forged = come();
  forged.state.guest = other.row.guest.id;
  (void)log_out(forged);
  EXPECT_TRUE(is<NowOnline>(come()));
}

TEST_F(PortalTest, EndsTheOldestStayWhereAGuestHasTooManyDevices) {
  const IssuedGuest guest = issue();
  for (const char* address : {"10.1.0.1", "10.1.0.2", "10.1.0.3"}) {
    clock.time += (seconds{1});
    EXPECT_TRUE(is<NowOnline>(go_online(guest, address)));
  }
  EXPECT_FALSE(portal->standing(school(), "10.1.0.1"));
  EXPECT_TRUE(portal->standing(school(), "10.1.0.2"));
  EXPECT_TRUE(portal->standing(school(), "10.1.0.3"));
  EXPECT_EQ(stays(guest).back().cause, "other-device");
}

TEST_F(PortalTest, SaysTheSameToEverybodyWhoDoesNotGetIn) {
  const IssuedGuest guest = issue(), ended = issue();
  (void)take(ended.row.guest.id, GuestStep::What::Revoke, ict).value();
  for (const TypedCode& typed :
       {TypedCode{"nonsense", "", ""}, TypedCode{"", "", ""}, TypedCode{ended.voucher, "", ""},
        TypedCode{"", "nobody", "maple-robin-tunnel-sixpence"},
        TypedCode{"", guest.row.guest.account, "maple-robin-tunnel-sixpence"},
        TypedCode{"", ended.row.guest.account, ended.passphrase}}) {
    const PortalAnswer answer = type(come(typed.voucher + typed.account).state, typed);
    ASSERT_TRUE(is<AskForCode>(answer)) << typed.voucher << typed.account;
    EXPECT_EQ(asked_after(answer), After::Wrong);
    EXPECT_EQ(answer.state.step, Step::Code);
  }
}

TEST_F(PortalTest, LocksTheDeviceThatGuessesAndNotTheVisitor) {
  const IssuedGuest guest = issue();
  const TypedCode wrong{"", guest.row.guest.account, "maple-robin-tunnel-sixpence"};
  const TypedCode right{"", guest.row.guest.account, guest.passphrase};
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(asked_after(type(come("10.1.0.66").state, wrong)), After::Wrong);
  EXPECT_EQ(asked_after(type(come("10.1.0.66").state, right)), After::Wrong);
  EXPECT_TRUE(is<ReadRules>(type(come("10.1.0.7").state, right)));
  clock.time += (TryLimiter::kWindow + seconds{1});
  EXPECT_TRUE(is<ReadRules>(type(come("10.1.0.66").state, right)));
}

TEST_F(PortalTest, TakesAFormOnlyFromTheAddressThatItWentTo) {
  const PortalState begun = come("10.1.0.66").state;
  PortalAnswer again;
  EXPECT_EQ(take_form(begun, "10.1.0.66", again).value(), begun);
  EXPECT_EQ(take_form(begun, "10.1.0.7", again).error().code, Code::Denied);
  EXPECT_EQ(asked_after(again), After::Again);
  EXPECT_EQ(again.state.device.address, "10.1.0.7");  // and never the other's
}

TEST_F(PortalTest, TakesAFormOnlyInTimeForItsSchoolAndSealedByUs) {
  PortalState begun = come().state;
  PortalAnswer again;
  EXPECT_FALSE(portal->take(school(2), portal->seal(begun), "10.1.0.7", again));
  EXPECT_FALSE(portal->take(school(), portal->seal(begun) + "A", "10.1.0.7", again));
  EXPECT_FALSE(portal->take(school(), "", "10.1.0.7", again));
  begun.device.token = "what the gateway calls it";
  clock.time += (kCodePageLife);
  EXPECT_EQ(take_form(begun, "10.1.0.7", again).error().code, Code::Conflict);
  EXPECT_EQ(again.state.device, begun.device);  // nothing is lost
}

TEST_F(PortalTest, ShowsTheNewRulesToWhoWasReadingTheOldOnes) {
  const IssuedGuest guest = issue();
  const PortalAnswer old = type(guest.voucher);
  support::VersionText text;
  text.rules = {{"other", "Another rule altogether."}};
  publish("visitor", 2, text);
  const PortalAnswer now = say(old, true);
  ASSERT_TRUE(is<ReadRules>(now));
  EXPECT_TRUE(std::get<ReadRules>(now.view).changed);
  EXPECT_TRUE(is<NowOnline>(say(now, true)));
}

TEST_F(PortalTest, WordsTheRulesEasilyForWhoAsks) {
  const IssuedGuest guest = issue();
  EXPECT_FALSE(std::get<ReadRules>(type(guest.voucher).view).rendered->has_easy);
  support::VersionText text;
  text.renditions = {"en-GB.std", "en-GB.easy"};
  publish("visitor", 2, text);
  const PortalAnswer usual = type(guest.voucher);
  ASSERT_TRUE(std::get<ReadRules>(usual.view).rendered->has_easy);
  const PortalAnswer easy =
      wait_for([&](auto then) { portal->reword(school(), usual.state, true, "en", then); });
  const auto& view = std::get<ReadRules>(easy.view);
  EXPECT_EQ(view.rendered->style, Style::Easy);
  EXPECT_TRUE(view.rendered->has_easy);
  EXPECT_TRUE(is<NowOnline>(say(easy, true)));
}

TEST_F(PortalTest, AnswersTheSameTwiceWhereAReplyWasLost) {
  const IssuedGuest guest = issue();
  const PortalAnswer rules = type(guest.voucher);
  EXPECT_TRUE(is<NowOnline>(say(rules, true)));
  const auto size = records();
  EXPECT_TRUE(is<NowOnline>(say(rules, true)));
  EXPECT_EQ(records(), size);
}

TEST_F(PortalTest, PutsOutWhoseTimeEndsWhileTheyRead) {
  const IssuedGuest guest = issue();
  const PortalAnswer rules = type(guest.voucher);
  (void)take(guest.row.guest.id, GuestStep::What::Revoke, ict).value();
  EXPECT_EQ(asked_after(say(rules, true)), After::Wrong);
  EXPECT_TRUE(stays(guest).empty());
}

TEST_F(PortalTest, AYesNeedsTheCodeFirst) {
  PortalAnswer shown = come();
  EXPECT_TRUE(is<AskForCode>(say(shown, true)));
  shown.state.guest = issue().row.guest.id;  // sealed states cannot; yet if they could
  EXPECT_TRUE(is<AskForCode>(say(shown, true)));
}

TEST(PortalState, IsReadBackAsItWasSealed) {
  PortalState state;
  state.school = 3;
  state.device = {"2001:db8::7", "02-00-00-00-00-21", "hall", "a1b2"};
  state.step = Step::Rules;
  state.expires = Time{milliseconds{12345}};
  state.guest.bytes.fill(std::byte{7});
  state.ticket = "ticket";
  state.easy = true;
  state.shown = "00ff";
  state.parts = {{"visitor", Act::Agree}, {"wifi", Act::Acknowledge}};
  const SecretKey key = support::secret(1), other = support::secret(2);
  const std::string sealed = seal_state(key, state);
  EXPECT_EQ(open_state(key, sealed).value(), state);
  EXPECT_FALSE(open_state(other, sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(open_state(key, changed)) << i;
  }
}

}  // namespace
}  // namespace assent
