#include "core/gate/conversation.h"

#include "tests/unit/gate/script.h"

namespace assent::gate {
namespace {

using wire::AgentAnswerReply;
using wire::AgentCheckReply;
using wire::PartKind;
using wire::PartMode;
using wire::Verdict;

AgentCheckReply asks(std::vector<wire::AgentPart> parts = {{"student", "Student rules", "Will you?",
                                                            PartMode::Agree, PartKind::Full,
                                                            false}}) {
  AgentCheckReply reply;
  reply.verdict = Verdict::Ask;
  reply.pages = {"page one"};
  reply.ticket = "ticket-1";
  reply.document.fill(std::byte{7});
  reply.parts = std::move(parts);
  reply.rendition = "std";
  reply.help = "Talk to Mrs Khan.";
  return reply;
}

AgentCheckReply with_pages(AgentCheckReply reply, std::vector<std::string> pages) {
  reply.pages = std::move(pages);
  return reply;
}

AgentCheckReply with_later(AgentCheckReply reply) {
  reply.deferrals_left = 2;
  reply.later_until = "Mon 1 Dec";
  return reply;
}

AgentCheckReply acknowledges() {
  auto reply = asks({{"student", "Student rules", "Logging in means you accept this change.",
                      PartMode::Acknowledge, PartKind::Amendment, false}});
  reply.verdict = Verdict::Acknowledge;
  return reply;
}

AgentCheckReply verdict(Verdict verdict, std::string message = "") {
  AgentCheckReply reply;
  reply.verdict = verdict;
  reply.message = std::move(message);
  return reply;
}

AgentAnswerReply let_in(std::string outcome) {
  return {true, true, std::move(outcome), "", 9};
}
AgentAnswerReply kept_out(std::string outcome, std::string message = "") {
  return {false, true, std::move(outcome), std::move(message), 9};
}

std::string acts(const wire::AgentAnswer& answer) {
  std::string out;
  for (const auto& each : answer.answers) out += each.policy + "=" + each.act + " ";
  return out;
}

TEST(Conversation, ClearProceedsWithoutAQuestion) {
  ScriptedScreen screen({});
  ScriptedGate gate({verdict(Verdict::Clear)}, {});
  const auto outcome = converse(screen, gate, Asking::Ask);
  EXPECT_EQ(outcome.ending, Ending::Proceed);
  EXPECT_EQ(outcome.status, "clear");
  EXPECT_TRUE(screen.shown.empty());
}

TEST(Conversation, ARefusalIsNeutralWhateverTheHost_A28) {
  for (const auto asking : {Asking::Ask, Asking::CannotAsk, Asking::VerdictOnly}) {
    ScriptedScreen screen({});
    ScriptedGate gate({verdict(Verdict::Refuse)}, {});
    const auto outcome = converse(screen, gate, asking);
    EXPECT_EQ(outcome.ending, Ending::Refused);
    EXPECT_EQ(outcome.message, "You cannot log in here just now. Please talk to the ICT team.");
  }
}

TEST(Conversation, NoAnswerFromTheGateIsUnavailableNeverClear) {
  ScriptedScreen screen({});
  ScriptedGate gate({fail(Code::Unavailable, "no agent")}, {});
  EXPECT_EQ(converse(screen, gate, Asking::Ask).ending, Ending::Unavailable);
}

TEST(Conversation, AQuestionWithoutPagesPartsOrTicketIsUnavailable) {
  auto no_pages = asks(), no_parts = asks(), no_ticket = asks();
  no_pages.pages.clear();
  no_parts.parts.clear();
  no_ticket.ticket.clear();
  for (const auto& reply : {no_pages, no_parts, no_ticket}) {
    ScriptedScreen screen({});
    ScriptedGate gate({reply}, {});
    EXPECT_EQ(converse(screen, gate, Asking::Ask).ending, Ending::Unavailable);
  }
}

struct WordCase {
  const char* name;
  AgentCheckReply reply;
  std::deque<Typed> typed;
  std::string acts;
  std::string outcome;
};

void expect_sent(const WordCase& row) {
  SCOPED_TRACE(row.name);
  ScriptedScreen screen(row.typed);
  ScriptedGate gate({row.reply}, {let_in(row.outcome)});
  const auto outcome = converse(screen, gate, Asking::Ask);
  EXPECT_EQ(outcome.ending, Ending::Proceed);
  EXPECT_EQ(outcome.status, row.outcome);
  EXPECT_EQ(outcome.ticket, row.reply.ticket);
  ASSERT_EQ(gate.sent.size(), 1u);
  EXPECT_EQ(acts(gate.sent[0]), row.acts);
  EXPECT_EQ(gate.sent[0].document, row.reply.document);
  EXPECT_FALSE(gate.sent[0].cannot_ask);
}

TEST(Conversation, EachWordBecomesItsAct) {
  const auto three = with_pages(with_later(asks()), {"1", "2", "3"});
  const WordCase table[] = {
      {"yes", asks(), {"yes"}, "student=agree ", "accepted"},
      {"agree with space", asks(), {"  Agree "}, "student=agree ", "accepted"},
      {"no", asks(), {"NO"}, "student=decline ", "declined"},
      {"help", asks(), {"help"}, "student=help ", "help"},
      {"later", with_later(asks()), {"later"}, "student=later ", "later"},
      {"enter acknowledges", acknowledges(), {""}, "student=acknowledge ", "accepted"},
      {"yes acknowledges too", acknowledges(), {"yes"}, "student=acknowledge ", "accepted"},
      {"no to a change", acknowledges(), {"no"}, "student=decline ", "declined"},
      {"after all pages", three, {"", "", "agree"}, "student=agree ", "accepted"},
      {"help on the way", three, {"", "help"}, "student=help ", "help"},
      {"later on the way", three, {"later"}, "student=later ", "later"},
      {"twice unreadable", asks(), {"y", "", "agree"}, "student=agree ", "accepted"},
      {"the count starts anew",
       three,
       {"x", "x", "", "x", "x", "", "x", "x", "yes"},
       "student=agree ",
       "accepted"},
  };
  for (const auto& row : table) expect_sent(row);
}

TEST(Conversation, WhatIsNoAnswerRecordsNothingAndEndsTheLogin) {
  const auto two = with_pages(asks(), {"1", "2"});
  const struct {
    const char* name;
    AgentCheckReply reply;
    std::deque<Typed> typed;
  } table[] = {
      {"three unreadable answers", asks(), {"y", "ok", "sure"}},
      {"enter does not agree", asks(), {"", "", ""}},
      {"later that is not offered", asks(), {"later", "later", "later"}},
      {"all that is not offered", asks(), {"all", "full", "all"}},
      {"gone at the first prompt", asks(), {Gone{}}},
      {"gone at the second page", two, {"", Gone{}}},
      {"gone after an unreadable answer", asks(), {"x", Gone{}}},
      {"no and yes wait for the last page", two, {"no", "yes", "agree"}},
      {"a prompt that stops working is a cut", two, {"", CannotPrompt{}}},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(row.name);
    ScriptedScreen screen(row.typed);
    ScriptedGate gate({row.reply}, {});
    const auto outcome = converse(screen, gate, Asking::Ask);
    EXPECT_EQ(outcome.ending, Ending::CutOff);
    EXPECT_FALSE(outcome.recorded);
    EXPECT_EQ(outcome.message, "Nothing was recorded. Please log in again.");
  }
}

TEST(Conversation, PagesComeOneByOneAndTheLastTakesTheAnswer) {
  ScriptedScreen screen({"", "", "agree"});
  ScriptedGate gate({with_pages(asks(), {"first", "second", "third"})}, {let_in("accepted")});
  converse(screen, gate, Asking::Ask);
  EXPECT_EQ(screen.prompts[0], "Press Enter for page 2, or type HELP: ");
  EXPECT_EQ(screen.prompts[1], "Press Enter for page 3, or type HELP: ");
  EXPECT_EQ(screen.prompts[2], "Type AGREE, HELP or NO: ");
  EXPECT_EQ(screen.pages[0], "first");
  EXPECT_EQ(screen.pages[1], "second");
  EXPECT_TRUE(screen.pages[2].starts_with("third\n"));
  EXPECT_NE(screen.pages[2].find("I agree to these rules."), std::string::npos);
}

TEST(Conversation, AMessageBoxShowsThePageAgainAndNothingBesides) {
  ScriptedScreen screen({"what", "yes"}, /*keeps=*/false);
  ScriptedGate gate({asks()}, {let_in("accepted")});
  converse(screen, gate, Asking::Ask);
  EXPECT_EQ(screen.pages[0], "page one");
  EXPECT_EQ(screen.pages[1], "page one\nSorry, please type one of the words below.");
}

TEST(Conversation, PupilsReadTheirOwnWords) {
  for (const char* rendition : {"ks1", "ks2", "easy"}) {
    auto reply = asks();
    reply.rendition = rendition;
    ScriptedScreen screen({"yes"});
    ScriptedGate gate({reply}, {let_in("accepted")});
    converse(screen, gate, Asking::Ask);
    EXPECT_EQ(screen.prompts[0], "Type YES, HELP or NO: ");
  }
}

TEST(Conversation, TextFromTheServiceCannotDriveTheTerminal) {
  auto reply = with_pages(asks(), {"red \x1b[31m", "two \xE2\x80\xAE"});
  reply.help = "bell \a";
  ScriptedScreen screen({"", "help"});
  ScriptedGate gate({reply}, {AgentAnswerReply{true, true, "help", "title \x1b]0;x\a", 1}});
  converse(screen, gate, Asking::Ask);
  for (const auto& list : {screen.pages, screen.shown})
    for (const auto& text : list) {
      EXPECT_EQ(text.find_first_of("\x1b\a"), std::string::npos) << text;
      EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos) << text;
    }
  EXPECT_EQ(screen.shown.size(), 2u);
}

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
  EXPECT_NE(outcome.message.find("You typed NO"), std::string::npos);
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
