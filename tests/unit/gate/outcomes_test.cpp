// Add-ons, the full text, logins without a prompt or a proof, and what the gate answers back.

#include "core/gate/conversation.h"

#include "tests/unit/gate/replies.h"

namespace assent::gate {
namespace {

const wire::AgentPart kMain{"staff",         "Staff rules",  "Agree?",
                            PartMode::Agree, PartKind::Full, false};
const wire::AgentPart kAddOn{"social",        "Official social media", "And this?",
                             PartMode::Agree, PartKind::Full,          true};

TEST(Conversation, AddOnsAreAskedOneByOneAndMayBeDeclinedAlone) {
  const struct {
    std::vector<wire::AgentPart> parts;
    std::deque<Typed> typed;
    std::string acts;
  } table[] = {
      {{kMain, kAddOn}, {"agree", "no"}, "staff=agree social=decline "},
      {{kMain, kAddOn}, {"agree", "yes"}, "staff=agree social=agree "},
      {{kMain, kAddOn}, {"agree", "", "help"}, "staff=agree social=help "},
      {{kAddOn, kMain}, {"agree", "no"}, "social=decline staff=agree "},
      {{kMain, kAddOn}, {"no"}, "staff=decline social=decline "},
      {{kMain, kAddOn}, {"help"}, "staff=help social=help "},
      {{kAddOn}, {"", "yes"}, "social=agree "},
      {{kAddOn}, {"no", "", "no"}, "social=decline "},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(row.acts);
    ScriptedScreen screen(row.typed);
    ScriptedGate gate({asks(row.parts)}, {let_in("accepted")});
    converse(screen, gate, Asking::Ask);
    ASSERT_EQ(gate.sent.size(), 1u);
    EXPECT_EQ(acts(gate.sent[0]), row.acts);
  }
}

TEST(Conversation, ACutAtAnAddOnRecordsNothingOfTheRest) {
  ScriptedScreen screen({"agree", Gone{}});
  ScriptedGate gate({asks({kMain, kAddOn})}, {});
  EXPECT_EQ(converse(screen, gate, Asking::Ask).ending, Ending::CutOff);
}

TEST(Conversation, AllFetchesEveryRuleAndTheAnswerIsToThat) {
  auto whole = with_pages(asks(), {"every rule"});
  whole.ticket = "ticket-2";
  whole.document.fill(std::byte{8});
  for (const char* word : {"ALL", "full"}) {
    ScriptedScreen screen({word, "agree"});
    ScriptedGate gate({acknowledges(), whole}, {let_in("accepted")});
    EXPECT_EQ(converse(screen, gate, Asking::Ask).ticket, "ticket-2");
    EXPECT_EQ(gate.asked_full, (std::vector<bool>{false, true}));
    ASSERT_EQ(gate.sent.size(), 1u);
    EXPECT_EQ(gate.sent[0].ticket, "ticket-2");
    EXPECT_EQ(gate.sent[0].document, whole.document);
  }
}

TEST(Conversation, AllThatCannotBeFetchedLeavesWhatWasShown) {
  ScriptedScreen screen({"all", ""});
  ScriptedGate gate({acknowledges(), fail(Code::Unavailable, "gone")}, {let_in("accepted")});
  EXPECT_EQ(converse(screen, gate, Asking::Ask).status, "accepted");
  EXPECT_EQ(screen.shown, std::vector<std::string>{"Every rule cannot be shown just now."});
  EXPECT_EQ(screen.prompts[1].find("ALL"), std::string::npos);
}

TEST(Conversation, AllIsAskedForOnceEvenIfTheGateSendsChangesAgain) {
  ScriptedScreen screen({"all", "all", "all", "all"});
  ScriptedGate gate({acknowledges(), acknowledges()}, {});
  EXPECT_EQ(converse(screen, gate, Asking::Ask).ending, Ending::CutOff);
}

TEST(Conversation, ARefusalMeanwhileStands) {
  ScriptedScreen screen({"all"});
  ScriptedGate gate({acknowledges(), verdict(Verdict::Refuse)}, {});
  EXPECT_EQ(converse(screen, gate, Asking::Ask).ending, Ending::Refused);
}

TEST(Conversation, WhereNoPromptIsPossibleTheServiceDecides_A7) {
  for (const auto asking : {Asking::Ask, Asking::CannotAsk}) {
    ScriptedScreen screen(asking == Asking::Ask ? std::deque<Typed>{CannotPrompt{}}
                                                : std::deque<Typed>{});
    ScriptedGate gate({asks({kMain, kAddOn})}, {let_in("later")});
    const auto outcome = converse(screen, gate, asking);
    EXPECT_EQ(outcome.ending, Ending::Proceed);
    EXPECT_EQ(outcome.status, "later");
    ASSERT_EQ(gate.sent.size(), 1u);
    EXPECT_TRUE(gate.sent[0].cannot_ask);
    EXPECT_EQ(acts(gate.sent[0]), "staff=later social=later ");
  }
}

TEST(Conversation, WithNoDeferralLeftAPromptlessLoginIsRefused_A7) {
  ScriptedScreen screen({});
  ScriptedGate gate({asks()}, {kept_out("later")});
  const auto outcome = converse(screen, gate, Asking::CannotAsk);
  EXPECT_EQ(outcome.ending, Ending::Refused);
  EXPECT_NE(outcome.message.find("rules for you to read"), std::string::npos);
}

TEST(Conversation, WithoutProofNothingIsAskedOrRecorded_A3) {
  for (const auto& reply : {asks(), acknowledges()}) {
    ScriptedScreen screen({});
    ScriptedGate gate({reply}, {});
    const auto outcome = converse(screen, gate, Asking::VerdictOnly);
    EXPECT_EQ(outcome.ending, Ending::Proceed);
    EXPECT_EQ(outcome.status, "unproven");
    EXPECT_FALSE(outcome.recorded);
    EXPECT_TRUE(outcome.ticket.empty());
  }
}

TEST(Conversation, OnlyTheTypedWordNoDeclines) {
  ScriptedScreen screen({"no"});
  ScriptedGate gate({asks()}, {kept_out("declined")});
  const auto outcome = converse(screen, gate, Asking::Ask);
  EXPECT_EQ(outcome.ending, Ending::Declined);
  EXPECT_TRUE(outcome.recorded);
  EXPECT_NE(outcome.message.find("You said no, and that is recorded"), std::string::npos);
}

TEST(Conversation, ANoThatIsNotRecordedIsNotSaidToBe) {
  ScriptedScreen screen({"no"});
  ScriptedGate gate({asks()}, {AgentAnswerReply{}});
  const auto outcome = converse(screen, gate, Asking::Ask);
  EXPECT_EQ(outcome.ending, Ending::Declined);
  EXPECT_FALSE(outcome.recorded);
  EXPECT_NE(outcome.message.find("could not be recorded"), std::string::npos);
  EXPECT_EQ(outcome.message.find("is recorded"), std::string::npos);
}

TEST(Conversation, AnAnswerThatIsRefusedKeepsThemOutWithTheServicesWords) {
  ScriptedScreen screen({"agree"});
  ScriptedGate gate({asks()}, {kept_out("", "Please ask reception.")});
  const auto outcome = converse(screen, gate, Asking::Ask);
  EXPECT_EQ(outcome.ending, Ending::Refused);
  EXPECT_EQ(outcome.message, "Please ask reception.");
}

TEST(Conversation, AnAnswerThatDoesNotArriveIsUnavailable) {
  ScriptedScreen screen({"agree"});
  ScriptedGate gate({asks()}, {fail(Code::Unavailable, "hung up")});
  const auto outcome = converse(screen, gate, Asking::Ask);
  EXPECT_EQ(outcome.ending, Ending::Unavailable);
  EXPECT_FALSE(outcome.recorded);
}

TEST(Conversation, RulesThatChangedMeanwhileAreShownAndAskedAgain) {
  auto newer = asks();
  newer.ticket = "ticket-2";
  ScriptedScreen screen({"agree", "agree"});
  ScriptedGate gate({asks(), newer}, {kept_out("overtaken"), let_in("accepted")});
  EXPECT_EQ(converse(screen, gate, Asking::Ask).status, "accepted");
  EXPECT_EQ(gate.sent[1].ticket, "ticket-2");
}

TEST(Conversation, RulesThatNeverSettleEndAsUnavailable) {
  const auto overtaken = kept_out("overtaken");
  ScriptedScreen screen({"agree", "agree", "agree", "agree"});
  ScriptedGate gate({asks(), asks(), asks(), asks(), asks()},
                    {overtaken, overtaken, overtaken, overtaken});
  EXPECT_EQ(converse(screen, gate, Asking::Ask).ending, Ending::Unavailable);
}

}  // namespace
}  // namespace assent::gate
