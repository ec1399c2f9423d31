// The Windows service's answers at its pipe, over a service that tests can bend.

#include "winlogon-shim/domain/logon_desk.h"

#include "core/base/text.h"
#include "tests/unit/device/fixture.h"

namespace assent::windows {
namespace {

using device::FakeService;

Caller caller_in(std::string session, Caller::Logon logon = Caller::Logon::Console) {
  Caller caller;
  caller.account.login = "amira";
  caller.logon = logon;
  caller.session = std::move(session);
  return caller;
}

class ALogonDesk : public ::testing::Test {
 protected:
  std::optional<wire::AgentReply> respond(const wire::AgentRequest& request, const Caller& caller) {
    return desk.respond(request, caller, device::Deadline::in(milliseconds(1000)));
  }
  template <class T>
  T reply_to(const wire::AgentRequest& request, const Caller& caller) {
    return std::get<T>(respond(request, caller).value());
  }
  // Has the caller shown what they owe; gives the ticket.
  std::string shown_to(const Caller& caller) {
    service.next_check = FakeService::asking();
    return reply_to<wire::AgentCheckReply>(kCheck, caller).ticket;
  }
  static wire::AgentAnswer agreement(std::string ticket) {
    wire::AgentAnswer answer;
    answer.ticket = std::move(ticket);
    answer.document = sha256(device::canonical_document());
    answer.answers = {{"student", "agree"}};
    answer.service = "sshd";
    return answer;
  }

  inline static const wire::AgentCheck kCheck{"headteacher", "sshd", wire::ScreenKind::Window,
                                              false};
  const device::Identity identity = device::identity();
  FakeService service{identity};
  Settings settings;
  device::FixedClock clock;
  std::string logged;
  device::Log log = [this](device::Severity, const std::string& line) {
    EXPECT_EQ(line, one_line(line));
    logged += line + "\n";
  };
  device::Responder responder{"windows", service, identity, clock, log};
  LogonDesk desk{responder, [this] { return settings; }, clock, log};
};

TEST_F(ALogonDesk, ChecksThePersonOfTheTokenAndShowsAWindowTheDocument) {
  EXPECT_EQ(shown_to(caller_in("1")), "sealed-ticket");
  EXPECT_EQ(service.last_check.login, "amira");
  EXPECT_EQ(service.last_check.channel, "windows:console");
  const auto reply = reply_to<wire::AgentCheckReply>(kCheck, caller_in("1"));
  ASSERT_EQ(reply.whole.size(), 1u);
  EXPECT_EQ(reply.whole[0].document, device::canonical_document());
}

TEST_F(ALogonDesk, SignsTheAnswerOfWhoLoggedOn) {
  for (const auto& [logon, channel] : {std::pair(Caller::Logon::Console, "windows:console"),
                                       {Caller::Logon::Remote, "windows:remote"}}) {
    const Caller caller = caller_in(channel, logon);
    const auto reply = reply_to<wire::AgentAnswerReply>(agreement(shown_to(caller)), caller);
    EXPECT_TRUE(reply.let_in && reply.recorded);
    EXPECT_EQ(reply.outcome, "accepted");
    const auto& sent = service.last_answer;
    const auto statement = wire::parse_statement(sent.statement).value();
    EXPECT_EQ(statement.channel, channel);
    EXPECT_TRUE(statement.authenticated);
    EXPECT_EQ(statement.ticket_hash, to_hex(sha256("sealed-ticket")));
    EXPECT_EQ(statement.shown, to_hex(sha256(device::canonical_document())));
    EXPECT_TRUE(verify(identity.key.public_key(), bytes_of(sent.statement), sent.signature));
  }
}

TEST_F(ALogonDesk, SaysOfASessionWhoseItIs) {
  const std::string ticket = shown_to(caller_in("1"));
  EXPECT_FALSE(respond(wire::AgentOpened{ticket, "headteacher", "sshd"}, caller_in("1")));
  EXPECT_FALSE(respond(wire::AgentOpened{"", "headteacher", "sshd"}, caller_in("2")));
  EXPECT_EQ(service.openings, 2);
  EXPECT_EQ(service.last_opened.login, "amira");
  EXPECT_EQ(service.last_opened.channel, "windows:console");
}

TEST_F(ALogonDesk, SignsNothingForAnAccountOfTheMachineWithAPupilsName) {
  Caller caller = caller_in("1");
  caller.account.machine_local = true;
  service.next_check = FakeService::asking();
  EXPECT_EQ(reply_to<wire::AgentCheckReply>(kCheck, caller).verdict, wire::Verdict::Refuse);
  EXPECT_EQ(service.checks, 0);
}

TEST_F(ALogonDesk, SendsNothingForWhoHasNotLoggedOn) {
  shown_to(caller_in("1"));
  service.checks = 0;
  const Caller nobody = caller_in("1", Caller::Logon::None);
  EXPECT_EQ(reply_to<wire::AgentCheckReply>(kCheck, nobody), wire::AgentCheckReply{});
  EXPECT_EQ(wire::AgentCheckReply{}.verdict, wire::Verdict::Refuse);
  EXPECT_EQ(reply_to<wire::AgentAnswerReply>(agreement("sealed-ticket"), nobody),
            wire::AgentAnswerReply{});
  EXPECT_FALSE(respond(wire::AgentOpened{"sealed-ticket", "amira", "console"}, nobody));
  EXPECT_EQ(service.checks + service.answers + service.openings, 0);
  EXPECT_NE(logged.find("turned away amira"), std::string::npos);
}

TEST_F(ALogonDesk, TellsAnybodyTheRulesInShortK7) {
  service.next_banner = {"Oakfield", {{"student", 2, {}, "Be kind."}}};
  for (const auto logon :
       {Caller::Logon::None, Caller::Logon::Console, Caller::Logon::Remote, Caller::Logon::Screen})
    EXPECT_EQ(reply_to<wire::AgentBannerReply>(wire::AgentBanner{}, caller_in("1", logon)),
              (wire::AgentBannerReply{"Oakfield", "Be kind."}));
}

TEST_F(ALogonDesk, HasWhatAnotherWasShownAskedAgain) {
  const std::string ticket = shown_to(caller_in("1"));
  for (const std::string& theirs : {ticket, std::string("made-up"), std::string()}) {
    const auto reply = reply_to<wire::AgentAnswerReply>(agreement(theirs), caller_in("2"));
    EXPECT_EQ(reply, (wire::AgentAnswerReply{false, false, "overtaken", "", 0}));
  }
  EXPECT_FALSE(respond(wire::AgentOpened{ticket, "amira", "console"}, caller_in("2")));
  EXPECT_EQ(service.answers + service.openings, 0);
  EXPECT_TRUE(reply_to<wire::AgentAnswerReply>(agreement(ticket), caller_in("1")).let_in);
}

TEST_F(ALogonDesk, ForgetsNoTicketBecauseNothingWasOwedLater) {
  const std::string ticket = shown_to(caller_in("1"));
  service.next_check = FakeService::clear();
  EXPECT_EQ(reply_to<wire::AgentCheckReply>(kCheck, caller_in("1")).verdict, wire::Verdict::Clear);
  EXPECT_TRUE(reply_to<wire::AgentAnswerReply>(agreement(ticket), caller_in("1")).let_in);
}

TEST_F(ALogonDesk, SaysThatTheServiceIsAway) {
  service.fault = Error{Code::Unavailable, "no route"};
  reply_to<wire::AgentUnavailable>(kCheck, caller_in("1"));
}

TEST_F(ALogonDesk, KeepsNamesFromDrivingTheLog) {
  Caller caller = caller_in("1", Caller::Logon::None);
  caller.account.login = "a\nb\x1b[31m";
  respond(kCheck, caller);
  EXPECT_NE(logged.find("turned away"), std::string::npos);
}

}  // namespace
}  // namespace assent::windows
