#include "core/gate/conversation.h"

#include "tests/unit/gate/replies.h"

namespace assent::gate {
namespace {

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

TEST(Conversation, NamesTheSchoolAboveTheFirstPageWhereThereIsRoom) {
  for (const bool keeps_text : {true, false}) {
    auto reply = with_pages(asks(), {"page one", "page two"});
    reply.school = "Oakfield Primary";
    ScriptedScreen screen({"", "agree"}, keeps_text);
    ScriptedGate gate({reply}, {let_in("accepted")});
    EXPECT_EQ(converse(screen, gate, Asking::Ask).ending, Ending::Proceed);
    EXPECT_EQ(screen.pages[0].starts_with(" Oakfield Primary\n -"), keeps_text);
    EXPECT_TRUE(screen.pages[0].ends_with("page one"));
    EXPECT_TRUE(screen.pages[1].starts_with("page two"));
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
  EXPECT_EQ(screen.pages[1], "page one\nPlease type one of these words.");
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

}  // namespace
}  // namespace assent::gate
