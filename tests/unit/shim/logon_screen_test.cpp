// What is answered over Windows' logon screen, where nobody is proved to be anybody yet.

#include "tests/unit/device/fixture.h"
#include "winlogon-shim/domain/logon_desk.h"

namespace assent::windows {
namespace {

using device::FakeService;

class MovingClock final : public Clock {
 public:
  Time now() const override { return at; }
  Time at = parse_rfc3339("2026-09-01T08:00:00.000Z").value();
};

Caller screen_in(std::uint32_t windows_session) {
  Caller caller;
  caller.account.sid = "S-1-5-18";
  caller.logon = Caller::Logon::Screen;
  caller.windows_session = windows_session;
  return caller;
}

Caller person(const std::string& login, std::uint32_t windows_session) {
  Caller caller;
  caller.account.login = login;
  caller.logon = Caller::Logon::Console;
  caller.windows_session = windows_session;
  caller.session = std::to_string(windows_session) + ":0:" + login;
  return caller;
}

class ALogonScreen : public ::testing::Test {
 protected:
  std::optional<wire::AgentReply> respond(const wire::AgentRequest& request, const Caller& caller) {
    return desk.respond(request, caller, device::Deadline::in(milliseconds(1000)));
  }
  wire::AgentCheckReply check(const std::string& login, const Caller& caller) {
    const wire::AgentCheck question{login, "", wire::ScreenKind::Window, false};
    return std::get<wire::AgentCheckReply>(respond(question, caller).value());
  }
  // Shows the rules to whoever types `login`, and takes the answer.
  wire::AgentAnswerReply answer(const std::string& login, const Caller& screen) {
    service.next_check = FakeService::asking();
    wire::AgentAnswer given;
    given.ticket = check(login, screen).ticket;
    given.document = sha256(device::canonical_document());
    given.answers = {{"student", "agree"}};
    given.authenticated = true;  // as no screen can know
    const auto reply = std::get<wire::AgentAnswerReply>(respond(given, screen).value());
    service.next_check = FakeService::clear();
    return reply;
  }

  const device::Identity identity = device::identity();
  FakeService service{identity};
  Settings settings;
  MovingClock clock;
  device::Log log = [](device::Severity, const std::string&) {};
  device::Responder responder{"windows", service, identity, clock, log};
  LogonDesk desk{responder, [this] { return settings; }, clock, log};
};

TEST_F(ALogonScreen, HasTheRulesOfWhoeverTypedAName) {
  service.next_check = FakeService::asking();
  EXPECT_EQ(check("Amira", screen_in(1)).verdict, wire::Verdict::Ask);
  EXPECT_EQ(service.last_check.login, "Amira");
  EXPECT_EQ(service.last_check.channel, "windows:screen");
}

TEST_F(ALogonScreen, HasNothingSignedBeforeThePersonIsKnown) {
  const auto reply = answer("amira", screen_in(1));
  EXPECT_TRUE(reply.let_in);
  EXPECT_FALSE(reply.recorded);
  EXPECT_EQ(reply.outcome, "pending");
  EXPECT_EQ(service.answers, 0);
}

TEST_F(ALogonScreen, HasTheAnswerSentOnceThePersonsTokenIsSeen) {
  answer("Amira", screen_in(1));
  EXPECT_EQ(check("", person("amira", 1)).verdict, wire::Verdict::Clear);
  ASSERT_EQ(service.answers, 1);
  const auto statement = wire::parse_statement(service.last_answer.statement).value();
  EXPECT_TRUE(statement.authenticated);
  EXPECT_EQ(statement.channel, "windows:console");
  EXPECT_EQ(service.openings, 1) << "an acknowledgement is complete";
  EXPECT_EQ(service.last_opened.login, "amira");
  check("", person("amira", 1));
  EXPECT_EQ(service.answers, 1) << "once";
}

TEST_F(ALogonScreen, GivesNobodyTheAnswerOfAnother) {
  answer("amira", screen_in(1));
  check("", person("amira", 2));
  EXPECT_EQ(service.answers, 0) << "another session";
  check("", person("ben", 1));
  check("", person("amira", 1));
  EXPECT_EQ(service.answers, 0) << "somebody else has logged on since";
}

TEST_F(ALogonScreen, ForgetsWhatWasAnsweredBeforeItsLastQuestion) {
  answer("amira", screen_in(1));
  service.next_check = FakeService::asking();
  check("ben", screen_in(1));
  service.next_check = FakeService::clear();
  check("", person("amira", 1));
  EXPECT_EQ(service.answers, 0) << "that logon came to nothing, whether or not it was withdrawn";
}

TEST_F(ALogonScreen, ForgetsItAlsoWhereTheNextIsShownNothing) {
  answer("amira", screen_in(1));
  EXPECT_EQ(check("ben", screen_in(1)).verdict, wire::Verdict::Clear);
  check("", person("amira", 1));
  answer("amira", screen_in(1));
  service.fault = Error{Code::Unavailable, "no route"};
  respond(wire::AgentCheck{"ben", "", wire::ScreenKind::Window, false}, screen_in(1));
  service.fault.reset();
  check("", person("amira", 1));
  EXPECT_EQ(service.answers, 0);
}

TEST_F(ALogonScreen, TakesTheAnswerBackWhenTheLogonFails) {
  answer("amira", screen_in(1));
  EXPECT_FALSE(respond(wire::AgentWithdrawn{"sealed-ticket"}, screen_in(1)));
  check("", person("amira", 1));
  EXPECT_EQ(service.answers, 0);
}

TEST_F(ALogonScreen, KeepsAnAnswerForAFewMinutesAndNoLonger) {
  const Time given = clock.at;
  for (const auto& [later, sent] : {std::pair(PendingAnswers::kAge + milliseconds(1), 0),
                                    {milliseconds(-1), 0},  // the clock was set back
                                    {PendingAnswers::kAge, 1}}) {
    clock.at = given;
    answer("amira", screen_in(1));
    clock.at = given + later;
    check("", person("amira", 1));
    EXPECT_EQ(service.answers, sent) << later.count();
  }
}

TEST_F(ALogonScreen, HasWhatItDidNotShowAskedAgain) {
  wire::AgentAnswer given;
  given.ticket = "made-up";
  const auto reply = std::get<wire::AgentAnswerReply>(respond(given, screen_in(1)).value());
  EXPECT_FALSE(reply.let_in);
  EXPECT_EQ(reply.outcome, "overtaken");
}

TEST_F(ALogonScreen, IsNobodyElse) {
  answer("amira", screen_in(1));
  EXPECT_FALSE(respond(wire::AgentWithdrawn{"sealed-ticket"}, person("ben", 2)));
  EXPECT_FALSE(respond(wire::AgentOpened{"sealed-ticket", "amira", ""}, screen_in(1)));
  EXPECT_EQ(service.openings, 0);
  check("", person("amira", 1));
  EXPECT_EQ(service.answers, 1) << "only the screen takes it back";
}

TEST_F(ALogonScreen, ForgetsTheOldestOfManyThatNobodyCameFor) {
  answer("amira", screen_in(1));
  for (std::size_t i = 0; i < PendingAnswers::kMost; ++i)
    answer("somebody" + std::to_string(i), screen_in(2 + unsigned(i)));
  check("", person("amira", 1));
  EXPECT_EQ(service.answers, 0);
}

}  // namespace
}  // namespace assent::windows
