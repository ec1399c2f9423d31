#include "core/device/responder.h"

#include "core/base/text.h"
#include "tests/unit/device/fixture.h"

namespace assent::device {
namespace {

class AResponder : public ::testing::Test {
 protected:
  wire::AgentReply ask(const wire::AgentRequest& request) {
    const auto reply = responder.respond(request, Deadline::in(milliseconds(1000)));
    return reply ? *reply : wire::AgentReply(wire::AgentUnavailable{"no reply"});
  }
  wire::AgentReply check() {
    wire::AgentCheck question;
    question.login = "amira";
    question.service = "sshd";
    question.screen = screen;
    return ask(question);
  }
  void tell(const wire::AgentOpened& opened) {
    EXPECT_FALSE(responder.respond(opened, Deadline::in(milliseconds(1000)))) << "no reply";
  }
  static wire::AgentAnswer agreement() {
    wire::AgentAnswer answer;
    answer.ticket = "sealed-ticket";
    answer.document = sha256(canonical_document());
    answer.answers = {{"student", "agree"}};
    answer.service = "sshd";
    answer.authenticated = true;
    return answer;
  }
  bool is_unavailable(const wire::AgentReply& reply) {
    return std::holds_alternative<wire::AgentUnavailable>(reply);
  }
  // What a person is told when nothing of an answer counts.
  void expect_not_accepted(const wire::AgentReply& reply) {
    const auto* answered = std::get_if<wire::AgentAnswerReply>(&reply);
    EXPECT_TRUE(!answered || (!answered->let_in && !answered->recorded));
  }

  const Identity device = identity();
  FakeService service{device};
  FixedClock clock;
  std::string logged;
  wire::ScreenKind screen = wire::ScreenKind::Terminal;
  Responder responder{"pam", service, device, clock, [this](Severity, const std::string& line) {
                        EXPECT_EQ(line, one_line(line));
                        logged += line + "\n";
                      }};
};

TEST_F(AResponder, SaysClearWhenNothingIsOwed) {
  const auto reply = std::get<wire::AgentCheckReply>(check());
  EXPECT_EQ(reply.verdict, wire::Verdict::Clear);
  EXPECT_EQ(service.last_check.login, "amira");
  EXPECT_EQ(service.last_check.channel, "pam:sshd");
  EXPECT_FALSE(service.last_check.language);
}

TEST_F(AResponder, RefusesALoginNameThatNobodyCanHave) {
  for (const std::string login : {"", "amira\n", "a\x1b[31m", "\xff", "a\xE2\x80\xAE"}) {
    wire::AgentCheck question;
    question.login = login;
    question.service = "sshd";
    const auto reply = std::get<wire::AgentCheckReply>(ask(question));
    EXPECT_EQ(reply.verdict, wire::Verdict::Refuse);
  }
  EXPECT_EQ(service.checks, 0);
}

TEST_F(AResponder, LaysOutWhatIsOwed) {
  service.next_check = FakeService::asking();
  const auto reply = std::get<wire::AgentCheckReply>(check());
  EXPECT_EQ(reply.verdict, wire::Verdict::Ask);
  EXPECT_EQ(reply.ticket, "sealed-ticket");
  EXPECT_EQ(reply.document, sha256(canonical_document()));
  EXPECT_EQ(reply.rendition, "ks2");
  EXPECT_EQ(reply.help, "Talk to Mrs Khan.");
  EXPECT_EQ(reply.deferrals_left, 2u);
  ASSERT_EQ(reply.parts.size(), 1u);
  EXPECT_EQ(reply.parts[0].ask, "Do you understand the rules?");
  EXPECT_EQ(reply.parts[0].mode, wire::PartMode::Agree);
  ASSERT_FALSE(reply.pages.empty());
  EXPECT_NE(reply.pages[0].find("I keep my password secret."), std::string::npos);
}

TEST_F(AResponder, KeepsADisplayManagersPagesSmall) {
  service.next_check = FakeService::asking();
  screen = wire::ScreenKind::DisplayManager;
  const auto reply = std::get<wire::AgentCheckReply>(check());
  for (const std::string& page : reply.pages) EXPECT_LE(page.size(), 420u);
}

TEST_F(AResponder, RefusesADocumentThatIsNotTheOneItsHashNames) {
  service.next_check = FakeService::asking();
  service.next_check.presentation->hash[0] ^= std::byte{1};
  EXPECT_TRUE(is_unavailable(check()));
  EXPECT_NE(logged.find("hash"), std::string::npos);
}

TEST_F(AResponder, RefusesADocumentThatIsNone) {
  service.next_check = FakeService::asking();
  service.next_check.presentation->document = "free text";
  service.next_check.presentation->hash = sha256("free text");
  EXPECT_TRUE(is_unavailable(check()));
}

TEST_F(AResponder, SaysUnavailableAndKeepsTheReasonForTheOperator) {
  service.fault = Error{Code::Unavailable, "https://x refused\x1b[31m the connection"};
  const auto reply = check();
  ASSERT_TRUE(is_unavailable(reply));
  EXPECT_EQ(std::get<wire::AgentUnavailable>(reply).message.find("https"), std::string::npos);
  EXPECT_NE(logged.find("refused"), std::string::npos);
}

TEST_F(AResponder, HasTheRulesInShortOfEveryPolicyK7) {
  service.next_banner = {"Oakfield Primary School",
                         {{"staff", 1, {}, "Lock your screen."}, {"student", 2, {}, "Be kind."}}};
  const auto reply = std::get<wire::AgentBannerReply>(ask(wire::AgentBanner{}));
  EXPECT_EQ(reply.caption, "Oakfield Primary School");
  EXPECT_EQ(reply.text, "Lock your screen.\n\nBe kind.");
}

TEST_F(AResponder, HasNoRulesInShortWhereNoneArePublished) {
  service.next_banner.school = "Oakfield Primary School";
  const auto reply = std::get<wire::AgentBannerReply>(ask(wire::AgentBanner{}));
  EXPECT_EQ(reply, (wire::AgentBannerReply{"Oakfield Primary School", ""}));
}

TEST_F(AResponder, LeavesOutWholeRulesThatDoNotFitAndSaysSo) {
  for (const char* policy : {"a", "b", "c", "d", "e"})
    service.next_banner.items.push_back({policy, 1, {}, std::string(1000, *policy)});
  service.next_banner.items.push_back({"f", 1, {}, "Be kind."});
  const auto reply = std::get<wire::AgentBannerReply>(ask(wire::AgentBanner{}));
  EXPECT_TRUE(reply.text.ends_with("d\n\nBe kind.")) << reply.text.size();
  EXPECT_TRUE(wire::to_frame(wire::AgentReply(reply)));
  EXPECT_NE(logged.find("no room for the rules e"), std::string::npos) << logged;
  EXPECT_EQ(logged.find("no room for the rules f"), std::string::npos) << logged;
}

TEST_F(AResponder, HasNoBannerWhileTheServiceIsAway) {
  service.fault = Error{Code::Unavailable, "refused"};
  EXPECT_TRUE(is_unavailable(ask(wire::AgentBanner{})));
}

TEST_F(AResponder, SignsTheAnswerAndPassesOnAVerifiedReceipt) {
  const auto reply = std::get<wire::AgentAnswerReply>(ask(agreement()));
  EXPECT_TRUE(reply.let_in);
  EXPECT_TRUE(reply.recorded);
  EXPECT_EQ(reply.outcome, "accepted");
  const auto& sent = service.last_answer;
  const auto statement = wire::parse_statement(sent.statement).value();
  EXPECT_EQ(statement.device, device.enrolled.device);
  EXPECT_EQ(statement.ticket_hash, to_hex(sha256("sealed-ticket")));
  EXPECT_EQ(statement.shown, to_hex(sha256(canonical_document())));
  EXPECT_EQ(statement.channel, "pam:sshd");
  EXPECT_TRUE(statement.authenticated);
  EXPECT_TRUE(verify(device.key.public_key(), bytes_of(sent.statement), sent.signature));
}

TEST_F(AResponder, A3SignsNothingForALoginThatNobodyProved) {
  auto answer = agreement();
  answer.authenticated = false;
  expect_not_accepted(ask(answer));
  EXPECT_EQ(service.answers, 0);
}

TEST_F(AResponder, A8SignsNothingButLaterWhereNobodyWasAsked) {
  auto answer = agreement();
  answer.cannot_ask = true;
  expect_not_accepted(ask(answer));
  EXPECT_EQ(service.answers, 0);
  answer.answers[0].act = "later";
  ask(answer);
  EXPECT_EQ(service.answers, 1);
  EXPECT_TRUE(service.last_answer.cannot_ask);
}

TEST_F(AResponder, A7LeavesDeferralToTheService) {
  service.fault = Error{Code::Denied, "no more later"};
  auto answer = agreement();
  answer.cannot_ask = true;
  answer.answers[0].act = "later";
  const auto reply = std::get<wire::AgentAnswerReply>(ask(answer));
  EXPECT_FALSE(reply.let_in);
}

TEST_F(AResponder, SignsNoStatementThatCouldBeReadInTwoWays) {
  auto answer = agreement();
  answer.service = "sshd\nauthenticated yes";
  expect_not_accepted(ask(answer));
  answer = agreement();
  answer.answers[0].act = "withdraw";
  expect_not_accepted(ask(answer));
  EXPECT_EQ(service.answers, 0);
}

TEST_F(AResponder, SaysOvertakenWhenTheRulesHaveChanged) {
  service.fault = Error{Code::Conflict, "overtaken"};
  EXPECT_EQ(std::get<wire::AgentAnswerReply>(ask(agreement())).outcome, "overtaken");
}

TEST_F(AResponder, BelievesNoAcceptanceWithoutItsReceipt) {
  service.spoil = [](wire::AnswerReply& reply) { reply.recorded = false; };
  EXPECT_TRUE(is_unavailable(ask(agreement())));
}

TEST_F(AResponder, BelievesNoReceiptThatDoesNotVerify) {
  const auto other_log = VerifierKey{"other.example/log", key_number(8).public_key()};
  const std::vector<std::function<void(wire::AnswerReply&)>> forgeries{
      [](auto& reply) { reply.record += " "; }, [](auto& reply) { reply.index = 1; },
      [](auto& reply) { reply.proof = "c2sp.org/tlog-proof@v1\n"; },
      [&](auto& reply) { reply.proof = to_tlog_proof(receipt_for(reply.record, other_log)); }};
  for (const auto& forgery : forgeries) {
    service.spoil = forgery;
    EXPECT_TRUE(is_unavailable(ask(agreement())));
  }
}

TEST_F(AResponder, A12BelievesNoReceiptOfAnotherAnswer) {
  const auto earlier = [&](auto change, const SigningKey& key) {
    return [&, change](wire::AnswerReply& reply) {
      auto statement = wire::parse_statement(service.last_answer.statement).value();
      change(statement);
      const std::string text = wire::to_statement(statement);
      reply.record = record_of(text, key.sign(bytes_of(text)));
      reply.proof = to_tlog_proof(receipt_for(reply.record, device.enrolled.log_key));
    };
  };
  const SigningKey stranger = key_number(2);
  const auto same = [](wire::Statement&) {};
  for (const auto& forgery : std::vector<std::function<void(wire::AnswerReply&)>>{
           earlier([](auto& s) { s.answers[0].act = "decline"; }, device.key),
           earlier([](auto& s) { s.shown = std::string(64, 'a'); }, device.key),
           earlier([](auto& s) { s.ticket_hash = std::string(64, 'a'); }, device.key),
           earlier(same, stranger)}) {
    service.spoil = forgery;
    EXPECT_TRUE(is_unavailable(ask(agreement())));
  }
  // The same answer, given before: the first receipt counts.
  service.spoil = earlier([](auto& s) { s.at -= seconds(30); }, device.key);
  EXPECT_TRUE(std::get<wire::AgentAnswerReply>(ask(agreement())).let_in);
}

TEST_F(AResponder, A1SignsThatTheSessionBeganAfterAnAnswer) {
  tell({"sealed-ticket", "amira", "login"});
  EXPECT_EQ(service.openings, 1);
  const auto& sent = service.last_opened;
  EXPECT_EQ(sent.login, "amira");
  EXPECT_EQ(sent.channel, "pam:login");
  EXPECT_EQ(sent.ticket, "sealed-ticket");
  const auto statement = wire::parse_opened_statement(sent.statement).value();
  EXPECT_EQ(statement.device, device.enrolled.device);
  EXPECT_EQ(statement.ticket_hash, to_hex(sha256("sealed-ticket")));
  EXPECT_EQ(statement.channel, "pam:login");
  EXPECT_EQ(statement.at, clock.now());
  EXPECT_TRUE(verify(device.key.public_key(), bytes_of(sent.statement), sent.signature));
}

TEST_F(AResponder, SignsNothingForASessionThatNobodyAnsweredFor) {
  tell({"", "amira", "login"});
  EXPECT_EQ(service.openings, 1);
  EXPECT_EQ(service.last_opened.login, "amira");
  EXPECT_EQ(service.last_opened.statement, "");
  EXPECT_EQ(service.last_opened.signature, Signature{});
}

TEST_F(AResponder, SignsNoConfirmationThatCouldBeReadInTwoWays) {
  tell({"sealed-ticket", "amira", "login\nat 2026-09-01T08:00:00.000Z"});
  tell({"sealed-ticket", "amira", std::string(65, 's')});
  EXPECT_EQ(service.openings, 0);
  EXPECT_NE(logged.find("not told"), std::string::npos);
}

TEST_F(AResponder, A28LogsNoRuleNoAnswerAndNoReason) {
  service.next_check = FakeService::asking();
  service.next_check.message = "suspended for fighting";
  check();
  auto answer = agreement();
  answer.answers[0].act = "decline";
  ask(answer);
  for (const char* secret : {"suspended", "decline", "password", "student", "sealed-ticket"})
    EXPECT_EQ(logged.find(secret), std::string::npos) << logged;
}

}  // namespace
}  // namespace assent::device
