// Signing one's own rules in a browser: the same documents and records as at a login, and nothing
// that a form says is believed.

#include "service/app/signing.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/support/gate_desk.h"

namespace assent {
namespace {

using After = ToSign::After;

struct SigningTest : testing::Test, support::GateDesk {
  SigningTest() : signing({*registry, gate, store.standings, ticket_key}) {}

  ToSign shown_to(const PersonRow& whom, const Reading& reading = {}) {
    return std::get<ToSign>(signing.look(school(), whom, reading));
  }
  static SignedForm form_of(const ToSign& view, Say say) {
    return {view.shown.ticket, to_hex(view.shown.rendered->hash), say, {}};
  }
  SigningView send(const PersonRow& whom, const SignedForm& form) {
    const auto promise = std::make_shared<std::promise<SigningView>>();
    signing.answer(school(), whom, form, {},
                   [promise](SigningView view) { promise->set_value(std::move(view)); });
    return promise->get_future().get();
  }
  std::string newest_record() { return receipts.receipt(records() - 1).value().record; }

  Signing signing;
};

TEST_F(SigningTest, ShowsWhatALoginWouldShowAndRecordsItInTheSameWords) {
  publish("student", 1);
  const PersonRow amira = student("amira");
  const DeviceRow device = this->device("LIB-1", 40);
  const auto at_login = check(device, "amira");
  const ToSign here = shown_to(amira);
  EXPECT_EQ(here.shown.rendered->hash, at_login.shown->rendered->hash);
  const auto said = send(amira, form_of(here, Say::Yes));
  const auto& done = std::get<HasSaid>(said);
  EXPECT_EQ(done.outcome.outcome, "accepted");
  const std::string record = newest_record();
  EXPECT_NE(record.find("\"browser\""), record.npos) << record;
  EXPECT_NE(record.find("\"self\""), record.npos) << record;
  EXPECT_NE(record.find(to_hex(here.shown.rendered->hash)), record.npos) << record;
  EXPECT_EQ(check(device, "amira").verdict, Verdict::Clear);
}

TEST_F(SigningTest, WhoOwesNothingSeesWhatTheySigned) {
  publish("student", 1);
  const PersonRow amira = student("amira");
  EXPECT_TRUE(std::holds_alternative<HasSaid>(send(amira, form_of(shown_to(amira), Say::Yes))));
  const auto view = signing.look(school(), amira, {});
  const auto& nothing = std::get<NothingToSign>(view);
  ASSERT_EQ(nothing.held.size(), 1u);
  EXPECT_EQ(nothing.held[0].version, 1u);
  EXPECT_EQ(nothing.held[0].receipt, records() - 1);
}

TEST_F(SigningTest, SayingNoOrAskingForHelpIsRecordedAsSuch) {
  publish("student", 1);
  const PersonRow amira = student("amira");
  for (const auto& [say, act] : {std::pair{Say::Help, Act::Help}, {Say::No, Act::Decline}}) {
    const auto said = send(amira, form_of(shown_to(amira), say));
    EXPECT_TRUE(std::holds_alternative<HasSaid>(said)) << to_text(say);
    EXPECT_EQ(facts("amira").standings.at(0).act, act);
    EXPECT_EQ(facts("amira").standings.at(0).version, 0u);
  }
}

TEST_F(SigningTest, LaterIsRefusedWhereItIsNotOffered) {
  publish("student", 1);
  const PersonRow amira = student("amira");
  const ToSign shown = shown_to(amira);
  ASSERT_EQ(shown.shown.deferrals_left, 0u);
  const std::uint64_t before = records();
  const auto said = send(amira, form_of(shown, Say::Later));
  EXPECT_EQ(std::get<ToSign>(said).after, After::NoMoreLater);
  EXPECT_EQ(records(), before);
}

TEST_F(SigningTest, RulesThatChangedMeanwhileAreShownAgain) {
  publish("student", 1);
  const PersonRow amira = student("amira");
  const ToSign shown = shown_to(amira);
  publish("student", 2);
  const std::uint64_t before = records();
  const auto said = send(amira, form_of(shown, Say::Yes));
  const auto& again = std::get<ToSign>(said);
  EXPECT_EQ(again.after, After::Changed);
  EXPECT_EQ(records(), before);
}

TEST_F(SigningTest, AnAddOnHasAYesOrNoOfItsOwn) {
  publish("student", 1);
  publish("media", 1);
  const PersonRow amira =
      person("amira", {{"role", "student"}, {"stage", "ks3"}, {"group", "media"}});
  SignedForm form = form_of(shown_to(amira), Say::Yes);
  EXPECT_EQ(std::get<ToSign>(send(amira, form)).after, After::Incomplete);
  form = form_of(shown_to(amira), Say::Yes);
  form.add_ons = {{"media", false}};
  const auto said = send(amira, form);
  EXPECT_EQ(std::get<HasSaid>(said).outcome.outcome, "accepted");
  std::map<bool, int> accepted;
  for (const Standing& each : facts("amira").standings) ++accepted[accepts(each.act)];
  EXPECT_EQ(accepted, (std::map<bool, int>{{true, 1}, {false, 1}}));
}

TEST_F(SigningTest, NobodyAnswersForSomebodyElseOrToWhatWasNotShown) {
  publish("student", 1);
  const PersonRow amira = student("amira"), ben = student("ben");
  const SignedForm hers = form_of(shown_to(amira), Say::Yes);
  SignedForm other = hers;
  other.shown = std::string(64, '0');
  SignedForm broken = hers;
  broken.ticket.back() = broken.ticket.back() == 'A' ? 'B' : 'A';
  const std::uint64_t before = records();
  EXPECT_TRUE(std::holds_alternative<ToSign>(send(ben, hers)));
  EXPECT_TRUE(std::holds_alternative<ToSign>(send(amira, other)));
  EXPECT_TRUE(std::holds_alternative<ToSign>(send(amira, broken)));
  EXPECT_EQ(records(), before);
  EXPECT_TRUE(std::holds_alternative<HasSaid>(send(amira, hers)));
}

TEST_F(SigningTest, TheSameFormSentTwiceIsOneAnswer) {
  publish("student", 1);
  const PersonRow amira = student("amira");
  const SignedForm form = form_of(shown_to(amira), Say::Yes);
  const auto first = send(amira, form), second = send(amira, form);
  EXPECT_EQ(std::get<HasSaid>(first).outcome.receipt.index,
            std::get<HasSaid>(second).outcome.receipt.index);
}

TEST_F(SigningTest, WhoHasLeftSignsNothing) {
  publish("student", 1);
  PersonRow amira = student("amira");
  amira.state = PersonState::Left;
  put(amira);
  EXPECT_TRUE(std::holds_alternative<CannotSign>(signing.look(school(), amira, {})));
}

}  // namespace
}  // namespace assent
