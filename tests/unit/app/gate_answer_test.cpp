// An answer becomes one record, and what follows from it.

#include "tests/unit/app/answer_fixture.h"

namespace assent::answer_test {
namespace {

VersionText one_rule(const std::string& words) {
  VersionText text;
  text.rules = {{"own", words}};
  return text;
}

TEST_F(GateAnswer, AgreeingLetsInAndGivesAReceiptThatVerifies) {
  const Shown shown = show();
  const AnswerOutcome outcome = good(send(says(shown, Act::Agree)));
  EXPECT_TRUE(outcome.let_in);
  EXPECT_EQ(outcome.outcome, "accepted");
  EXPECT_TRUE(verify_receipt(outcome.receipt, {desk.receipts.key()}));
  EXPECT_EQ(desk.facts("jsmith").standings.at(0).version, 1u);
  EXPECT_EQ(desk.facts("jsmith").standings.at(0).entry, outcome.receipt.index);
  EXPECT_EQ(desk.store.disk()->read()->shown.at(shown.rendered->hash), shown.rendered->document);
}

TEST_F(GateAnswer, TheRecordNamesTheLanguageBandAndKindThatWereShown) {
  desk.person("child", {{"role", "student"}, {"stage", "ks2"}});
  const auto shown = desk.gate.check(device, {"child", "cy-GB", false}).value().shown.value();
  const Value body = record(good(send(says(shown, Act::Agree))));
  EXPECT_EQ(*body.find("shown")->find("lang")->text(), "en-GB");  // there is no Welsh
  EXPECT_EQ(*body.find("shown")->find("style")->text(), "std");   // and no ks2
  EXPECT_EQ(desk.check(device, "child").verdict, Verdict::Clear);
  VersionText next;
  next.rules = {{"own", "I use no login but my own."}};
  desk.publish("student", 2, next);
  const auto full = desk.gate.check(device, {"child", "", true}).value().shown.value();
  const Value again = record(good(send(says(full, Act::Agree))));
  EXPECT_EQ(*again.find("items")->array()->at(0).find("kind")->text(), "full");
  EXPECT_EQ(*again.find("items")->array()->at(0).find("from")->integer(), 1);
}

TEST_F(GateAnswer, AnAnswerOvertakenByANewerVersionIsRefusedWithWhatIsOwedNow) {
  const AnswerQuestion asked = says(show(), Act::Agree);
  VersionText next;
  next.rules = {{"own", "Another rule altogether."}};
  desk.publish("student", 2, next);
  const AnswerResult result = send(asked);
  ASSERT_TRUE(std::holds_alternative<AnswerFailure>(result));
  const auto& failure = std::get<AnswerFailure>(result);
  EXPECT_EQ(failure.refusal, Refusal::Overtaken);
  ASSERT_TRUE(failure.now && failure.now->shown);
  EXPECT_EQ(good(send(says(*failure.now->shown, Act::Agree))).outcome, "accepted");
  EXPECT_EQ(desk.facts("jsmith").standings.at(0).version, 2u);
}

TEST_F(GateAnswer, ARepeatedAnswerStaysGoodAfterANewerVersion) {
  const AnswerQuestion asked = says(show(), Act::Agree);
  const AnswerOutcome first = good(send(asked));
  desk.publish("student", 2, one_rule("Another rule altogether."));
  EXPECT_EQ(to_file(good(send(asked)).receipt), to_file(first.receipt));
}

TEST_F(GateAnswer, AnOldTicketAnswersNothingOnceAnotherWasAnswered) {
  const Shown early = show();
  (void)good(send(says(show(), Act::Agree)));
  EXPECT_EQ(refused(says(early, Act::Decline)), Refusal::Overtaken);
}

TEST_F(GateAnswer, SomebodyWhoHasLeftCannotAnswer) {
  const AnswerQuestion asked = says(show(), Act::Agree);
  PersonRow row = desk.store.people.person(desk.facts("jsmith").person).value();
  row.state = PersonState::Left;
  desk.put(row);
  EXPECT_EQ(refused(asked), Refusal::Overtaken);
}

TEST_F(GateAnswer, DecliningAndAskingForHelpLeadToWhatTheSchoolHasSet) {
  const AnswerOutcome declined = good(send(says(show(), Act::Decline)));
  EXPECT_TRUE(declined.let_in);
  EXPECT_EQ(declined.outcome, "declined");
  EXPECT_EQ(declined.level, "supervised");
  EXPECT_EQ(declined.message, "Ask at the office.");
  const AnswerOutcome help = good(send(says(show(), Act::Help)));
  EXPECT_TRUE(help.let_in);
  EXPECT_EQ(help.outcome, "help");
  EXPECT_EQ(help.level, "unsigned");
  EXPECT_EQ(desk.check(device, "jsmith").verdict, Verdict::Ask);  // owed as before
}

TEST(GateOutcome, IsThatOfTheStrictestAnswer) {
  School school;
  school.policies[{"strict"}].on_decline = {false, "none", "head"};
  struct Case {
    std::vector<GivenAnswer> answers;
    bool let_in;
    std::string outcome, level;
  };
  for (const Case& c :
       {Case{{{"a", Act::Agree}}, true, "accepted", ""},
        Case{{{"a", Act::Defer}, {"b", Act::Agree}}, true, "later", ""},
        Case{{{"a", Act::Help}, {"b", Act::Defer}}, true, "help", "unsigned"},
        Case{{{"a", Act::Decline}, {"b", Act::Help}}, true, "declined", "supervised"},
        Case{{{"strict", Act::Decline}}, false, "declined", "none"},
        Case{{{"a", Act::Agree}, {"strict", Act::Decline, true}}, true, "accepted", ""},
        Case{{{"a", Act::Decline}, {"strict", Act::Decline}}, false, "declined", "none"}}) {
    const AnswerOutcome out = outcome_of(c.answers, school);
    EXPECT_EQ(out.let_in, c.let_in);
    EXPECT_EQ(out.outcome, c.outcome);
    EXPECT_EQ(out.level, c.level);
  }
}

struct GateAddOn : GateAnswer {
  GateAddOn() {
    desk.publish("media", 1);
    desk.person("reporter", {{"role", "student"}, {"group", "media"}});
  }
};

TEST_F(GateAddOn, OneAnswerToSeveralPoliciesIsOneRecord) {
  const Shown shown = show("reporter");
  EXPECT_EQ(shown.add_ons, std::vector<std::string>{"media"});
  const auto before = desk.records();
  const AnswerOutcome outcome =
      good(send(desk.question(shown, {{"student", Act::Agree}, {"media", Act::Agree}}, 11)));
  EXPECT_EQ(desk.records(), before + 1);
  EXPECT_EQ(record(outcome).find("items")->array()->size(), 2u);
  EXPECT_EQ(desk.check(device, "reporter").verdict, Verdict::Clear);
}

TEST_F(GateAddOn, AnAddOnMayBeDeclinedAlone) {
  const AnswerOutcome outcome = good(send(
      desk.question(show("reporter"), {{"student", Act::Agree}, {"media", Act::Decline}}, 11)));
  EXPECT_TRUE(outcome.let_in);
  EXPECT_EQ(outcome.outcome, "accepted");
  EXPECT_EQ(desk.check(device, "reporter").verdict, Verdict::Clear);
  desk.publish("media", 2, one_rule("Another rule for the media."));
  EXPECT_EQ(desk.check(device, "reporter").shown->add_ons, std::vector<std::string>{"media"});
}

TEST_F(GateAddOn, AnswersStandInTheDocumentsOrder) {
  EXPECT_EQ(refused(desk.question(show("reporter"),
                                  {{"media", Act::Agree}, {"student", Act::Agree}}, 11)),
            Refusal::NotOffered);
}

TEST(GateFaults, AnAnswerThatWasNotWrittenIsNoAnswerAndMayBeSentAgain) {
  const auto fault = std::make_shared<std::atomic<store::Fault>>(store::Fault::None);
  GateDesk desk(std::make_shared<support::MemoryDisk>(), [fault](store::FaultPoint at) {
    return at == store::FaultPoint::Statement ? fault->load() : store::Fault::None;
  });
  desk.publish("student", 1);
  desk.student("jsmith");
  const DeviceRow device = desk.device("LIB-01", 11);
  const auto asked =
      desk.question(desk.check(device, "jsmith").shown.value(), {{"student", Act::Agree}}, 11);
  *fault = store::Fault::Lost;
  const auto lost = std::get<AnswerFailure>(desk.answer(device, asked));
  EXPECT_EQ(lost.refusal, Refusal::NotWritten);
  EXPECT_EQ(lost.error.code, Code::Unavailable);
  EXPECT_EQ(desk.check(device, "jsmith").verdict, Verdict::Ask);
  *fault = store::Fault::None;
  EXPECT_TRUE(std::holds_alternative<AnswerOutcome>(desk.answer(device, asked)));
}

}  // namespace
}  // namespace assent::answer_test
