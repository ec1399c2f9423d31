// What may be asked and signed for a caller is what their token says, whatever they say.

#include "winlogon-shim/domain/caller.h"

#include <gtest/gtest.h>

namespace assent::windows {
namespace {

Caller amira(Caller::Logon logon = Caller::Logon::Console) {
  Caller caller;
  caller.account.domain = "SCHOOL";
  caller.account.login = "amira.hussain";
  caller.logon = logon;
  caller.session = "2:0000000a";
  return caller;
}

wire::AgentCheck lying_check() {
  return {"headteacher", "sshd", wire::ScreenKind::Window, true};
}

wire::AgentAnswer lying_answer(std::string ticket) {
  wire::AgentAnswer answer;
  answer.ticket = std::move(ticket);
  answer.answers = {{"student", "agree"}};
  answer.service = "sshd";
  answer.authenticated = false;
  answer.cannot_ask = true;
  return answer;
}

wire::AgentOpened lying_opened(std::string ticket) {
  return {std::move(ticket), "headteacher", "sshd"};
}

template <class T>
T as_theirs(const T& request, const Caller& caller, const TicketHolders& tickets) {
  return std::get<T>(attributed(request, caller, tickets).value());
}

const std::pair<Caller::Logon, const char*> kServices[] = {{Caller::Logon::Console, "console"},
                                                           {Caller::Logon::Remote, "remote"}};

TEST(Caller, AsksForThemselvesWhateverTheRequestSays) {
  for (const auto& [logon, service] : kServices) {
    const auto check = as_theirs(lying_check(), amira(logon), TicketHolders{});
    EXPECT_EQ(check, (wire::AgentCheck{"amira.hussain", service, wire::ScreenKind::Window, true}));
  }
}

TEST(Caller, AnswersAsWhoHasLoggedOnWhateverTheRequestSays) {
  for (const auto& [logon, service] : kServices) {
    TicketHolders tickets;
    tickets.give("sealed", amira().session);
    const auto answer = as_theirs(lying_answer("sealed"), amira(logon), tickets);
    EXPECT_EQ(answer.service, service);
    EXPECT_FALSE(answer.cannot_ask);
    EXPECT_TRUE(answer.authenticated);
    EXPECT_EQ(answer.ticket, "sealed");
    ASSERT_EQ(answer.answers.size(), 1u);
    EXPECT_EQ(answer.answers[0].act, "agree");
  }
}

TEST(Caller, OpensTheirOwnSessionWhateverTheRequestSays) {
  for (const auto& [logon, service] : kServices) {
    TicketHolders tickets;
    tickets.give("sealed", amira().session);
    for (const char* ticket : {"sealed", ""})  // after a clear check there is none
      EXPECT_EQ(as_theirs(lying_opened(ticket), amira(logon), tickets),
                (wire::AgentOpened{ticket, "amira.hussain", service}));
  }
}

void expect_refused(const wire::AgentRequest& request, const Caller& caller,
                    const TicketHolders& tickets, Code code) {
  const auto theirs = attributed(request, caller, tickets);
  ASSERT_FALSE(theirs);
  EXPECT_EQ(theirs.error().code, code);
}

TEST(Caller, WhoHasNotLoggedOnIsDeniedEverything) {
  const Caller nobody = amira(Caller::Logon::None);
  TicketHolders tickets;
  tickets.give("sealed", nobody.session);
  const wire::AgentRequest requests[] = {lying_check(), lying_answer("sealed"),
                                         lying_opened("sealed"), lying_opened("")};
  for (const auto& request : requests) expect_refused(request, nobody, tickets, Code::Denied);
  expect_refused(lying_check(), Caller{}, tickets, Code::Denied);
}

TEST(Caller, AnswersNothingThatAnotherWasShown) {
  TicketHolders tickets;
  tickets.give("of-another", "3:0000000b");
  for (const char* ticket : {"of-another", "of-nobody"}) {
    expect_refused(lying_answer(ticket), amira(), tickets, Code::Conflict);
    expect_refused(lying_opened(ticket), amira(), tickets, Code::Conflict);
  }
}

TEST(Caller, AnswersNothingWithoutATicket) {
  expect_refused(lying_answer(""), amira(), TicketHolders{}, Code::Conflict);
}

TEST(Caller, OfALaterLogonIsAnotherEvenForTheSamePerson) {
  TicketHolders tickets;
  tickets.give("sealed", amira().session);
  Caller later = amira();
  later.session = "2:0000000c";
  expect_refused(lying_answer("sealed"), later, tickets, Code::Conflict);
}

TEST(TicketHolders, ForgetTheOldestAndNoOther) {
  TicketHolders tickets;
  const auto ticket = [](std::size_t number) { return "ticket " + std::to_string(number); };
  const auto logon = [](std::size_t number) { return "logon " + std::to_string(number / 2); };
  constexpr auto kLast = TicketHolders::kMost - 1;
  for (std::size_t i = 0; i <= kLast; ++i) tickets.give(ticket(i), logon(i));
  EXPECT_TRUE(tickets.has(ticket(0), logon(0))) << "1,024 are kept";
  tickets.give("one more", "another");
  EXPECT_FALSE(tickets.has(ticket(0), logon(0)));
  EXPECT_TRUE(tickets.has(ticket(1), logon(1)));
  EXPECT_TRUE(tickets.has(ticket(kLast), logon(kLast)));
  EXPECT_TRUE(tickets.has("one more", "another"));
}

TEST(TicketHolders, ForgetNobodysForWhoAsksAgainAndAgain) {
  TicketHolders tickets;
  tickets.give("of a reader", "reader");
  for (std::size_t i = 0; i <= 2 * TicketHolders::kMost; ++i)
    tickets.give("ticket " + std::to_string(i), "asker");
  EXPECT_TRUE(tickets.has("of a reader", "reader"));
  constexpr auto kLast = 2 * TicketHolders::kMost;
  constexpr auto kFirstKept = kLast + 1 - TicketHolders::kMostOfOne;
  EXPECT_TRUE(tickets.has("ticket " + std::to_string(kLast), "asker"));
  EXPECT_TRUE(tickets.has("ticket " + std::to_string(kFirstKept), "asker"));
  EXPECT_FALSE(tickets.has("ticket " + std::to_string(kFirstKept - 1), "asker"));
}

TEST(TicketHolders, NeverTakeOneSessionForAnother) {
  TicketHolders tickets;
  tickets.give("a", "one");
  tickets.give("b", "two");
  EXPECT_TRUE(tickets.has("a", "one"));
  for (const auto& [ticket, session] : {std::pair("a", "two"),
                                        {"b", "one"},
                                        {"a", ""},
                                        {"", "one"},
                                        {"ao", "ne"},
                                        {"one", "a"},
                                        {"A", "one"}})
    EXPECT_FALSE(tickets.has(ticket, session)) << ticket << " " << session;
  tickets.give("a", "two");
  EXPECT_TRUE(tickets.has("a", "one"));
  EXPECT_TRUE(tickets.has("a", "two"));
}

}  // namespace
}  // namespace assent::windows
