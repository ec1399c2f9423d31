// Words of one's own, chosen on the portal.
#include <gtest/gtest.h>

#include "service/app/portal.h"
#include "tests/unit/app/radius_rig.h"

namespace assent {
namespace {

using Step = PortalState::Step;

const std::string kChosen = "my cat is called Tom", kHere = "10.1.0.7";

struct PortalWordsTest : testing::Test, RadiusRig {
  PortalWordsTest() : RadiusRig(wordy_schools()) {}

  template <class Call>
  PortalAnswer wait_for(Call call) {
    const auto promise = std::make_shared<std::promise<PortalAnswer>>();
    call([promise](PortalAnswer answer) { promise->set_value(std::move(answer)); });
    return promise->get_future().get();
  }
  PortalAnswer come(const std::string& address = kHere) {
    return wait_for([&](auto then) { portal.come(school(), {address, "", "", ""}, then); });
  }
  PortalAnswer show_code(const IssuedGuest& guest) {
    return wait_for([&](auto then) {
      portal.enter(school(), come().state, {guest.voucher, "", ""}, "en", then);
    });
  }
  PortalAnswer form(const PortalState& state) {
    return wait_for([&](auto then) { portal.show_words_form(school(), state, then); });
  }
  PortalAnswer choose_on(const PortalState& state, const std::string& chosen = kChosen) {
    return wait_for([&](auto then) { portal.choose_words(school(), state, chosen, chosen, then); });
  }

  SecretKey portal_key = support::secret(11);
  Portal portal{{*registry,
                 door,
                 browser,
                 store.people,
                 store.standings,
                 store.guest_sessions,
                 *online,
                 gateways,
                 tries,
                 *writer,
                 portal_key,
                 clock,
                 random,
                 [](const auto&, const auto&) {},
                 nullptr,
                 {},
                 &own_words}};
};

template <class View>
bool stands_at(const PortalAnswer& answer) {
  return std::holds_alternative<View>(answer.view);
}

TEST_F(PortalWordsTest, WhoShowedTheirCodeAndIsOnlineMayChoose) {
  const IssuedGuest guest = online_guest();
  const PortalAnswer on = show_code(guest);
  ASSERT_TRUE(stands_at<NowOnline>(on));
  EXPECT_TRUE(std::get<NowOnline>(on.view).may_choose);
  const PortalAnswer asked = form(on.state);
  ASSERT_TRUE(stands_at<ChooseWords>(asked));
  EXPECT_EQ(std::get<ChooseWords>(asked.view).account, guest.row.guest.account);
  const PortalAnswer chosen = choose_on(asked.state);
  ASSERT_TRUE(stands_at<NowOnline>(chosen));
  EXPECT_TRUE(std::get<NowOnline>(chosen.view).has_words);
  EXPECT_TRUE(enter(guest.row.guest.account, kChosen));
  EXPECT_FALSE(enter(guest));
  EXPECT_TRUE(stands_at<ChooseWords>(form(chosen.state)));  // once more, without the code
}

// An address can be copied: it must not be enough to take somebody's account.
TEST_F(PortalWordsTest, WhoIsKnownByTheirAddressAloneHasToShowTheirCode) {
  const IssuedGuest guest = online_guest();
  (void)show_code(guest);
  const PortalAnswer back = come();
  ASSERT_TRUE(stands_at<NowOnline>(back));
  for (const PortalAnswer& answer : {form(back.state), choose_on(back.state)}) {
    ASSERT_TRUE(stands_at<AskForCode>(answer));
    EXPECT_EQ(std::get<AskForCode>(answer.view).after, AskForCode::After::Prove);
  }
  EXPECT_TRUE(row(guest.row.guest.id).words.empty());
}

TEST_F(PortalWordsTest, WhoHasLoggedOutOrWasEndedChoosesNothing) {
  const IssuedGuest guest = online_guest();
  const PortalAnswer on = show_code(guest);
  (void)wait_for([&](auto then) { portal.leave(school(), on.state, then); });
  EXPECT_TRUE(stands_at<AskForCode>(choose_on(on.state)));
  const PortalAnswer again = show_code(guest);
  (void)take(guest.row.guest.id, GuestStep::What::Revoke, ict).value();
  EXPECT_TRUE(stands_at<AskForCode>(choose_on(again.state)));
  EXPECT_TRUE(row(guest.row.guest.id).words.empty());
}

TEST_F(PortalWordsTest, AKindThatAllowsNoneOffersNone) {
  const IssuedGuest guest = issue("supply");
  const PersonRow whom = person_of(guest);
  ASSERT_TRUE(
      std::holds_alternative<AnswerOutcome>(say(whom, show(whom).shown.value(), Act::Agree)));
  const PortalAnswer on = show_code(guest);
  ASSERT_TRUE(stands_at<NowOnline>(on));
  EXPECT_FALSE(std::get<NowOnline>(on.view).may_choose);
  EXPECT_FALSE(stands_at<ChooseWords>(form(on.state)));
}

TEST_F(PortalWordsTest, SaysWhatIsWrongAndHowOftenIsTooOften) {
  const PortalAnswer on = show_code(online_guest());
  const auto fault = [&](const std::string& chosen) {
    return std::get<ChooseWords>(choose_on(on.state, chosen).view).fault;
  };
  EXPECT_EQ(fault("short"), WordsFault::TooShort);
  EXPECT_EQ(fault("password1234"), WordsFault::Guessable);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(stands_at<NowOnline>(choose_on(on.state)));
  EXPECT_TRUE(std::get<ChooseWords>(choose_on(on.state).view).too_often);
  EXPECT_EQ(hash.made, 10);
}

TEST_F(PortalWordsTest, ABusyLaneIsNoWrongPassphrase) {
  const IssuedGuest guest = online_guest();
  const PortalAnswer first = come();
  own_words.stop();
  const PortalAnswer answer = wait_for([&](auto then) {
    portal.enter(school(), first.state, {"", guest.row.guest.account, kChosen}, "en", then);
  });
  EXPECT_TRUE(stands_at<NotNow>(answer));
}

}  // namespace
}  // namespace assent
