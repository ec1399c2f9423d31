// The account phase: who is asked, who is not, and what PAM hears.

#include <unistd.h>

#include "tests/unit/pam/login_fixture.h"

namespace assent::pam {
namespace {

using wire::AgentAnswerReply;
using wire::AgentCheckReply;
using wire::Verdict;

AgentCheckReply verdict(Verdict verdict) {
  AgentCheckReply reply;
  reply.verdict = verdict;
  return reply;
}

TEST_F(PamTest, AgreeingLetsInAndIsSentWithItsTicket) {
  Session session("sshd", {"", "agree"});
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  EXPECT_EQ(session.variable("ASSENT_STATUS"), "accepted");
  ASSERT_EQ(answers().size(), 1u);
  EXPECT_EQ(answers()[0].ticket, "ticket-1");
  EXPECT_EQ(answers()[0].service, "sshd");
  EXPECT_TRUE(answers()[0].authenticated);
  ASSERT_EQ(checks().size(), 1u);
  EXPECT_EQ(checks()[0].login, "amira");
}

TEST_F(PamTest, ClearIsSilent) {
  script(verdict(Verdict::Clear), wire::AgentUnavailable{});
  Session session("login");
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  EXPECT_TRUE(session.messages.empty());
  EXPECT_EQ(session.variable("ASSENT_STATUS"), "clear");
}

TEST_F(PamTest, ARefusalStandsWithAndWithoutProof) {
  script(verdict(Verdict::Refuse), wire::AgentUnavailable{});
  for (const char* service : {"sshd", "login", "su", "lightdm"}) {
    Session proven(service), unproven(service);
    EXPECT_EQ(proven.log_in(), PAM_PERM_DENIED) << service;
    EXPECT_EQ(unproven.account(), PAM_PERM_DENIED) << service;
    EXPECT_NE(proven.text().find("talk to the ICT team"), std::string::npos);
  }
}

TEST_F(PamTest, WithoutAMarkSshdCannotAskAndTheServiceDecides_A7) {
  script(question(), AgentAnswerReply{true, true, "later", "", 0});
  Session session("sshd");
  EXPECT_EQ(session.account(), PAM_SUCCESS);
  EXPECT_EQ(session.prompts(), 0u);
  ASSERT_EQ(answers().size(), 1u);
  EXPECT_TRUE(answers()[0].cannot_ask);
  EXPECT_FALSE(answers()[0].authenticated);
  script(question(), AgentAnswerReply{false, false, "later", "", 0});
  Session again("sshd");
  EXPECT_EQ(again.account(), PAM_PERM_DENIED);
}

TEST_F(PamTest, WithoutProofThereIsAVerdictAndNoRecord_A3) {
  for (const char* service : {"login", "su", "lightdm"}) {
    Session session(service);
    EXPECT_EQ(session.account(), PAM_SUCCESS) << service;
    EXPECT_EQ(session.prompts(), 0u);
    EXPECT_EQ(session.variable("ASSENT_STATUS"), "unproven");
  }
  Session strict("deny");
  EXPECT_EQ(strict.account(), PAM_PERM_DENIED);
  EXPECT_TRUE(answers().empty());
}

TEST_F(PamTest, RootsOwnSuProvesNothingWhateverTheStackMarked_A3) {
  const bool root = getuid() == 0;
  Session session("su", root ? std::deque<Line>{} : std::deque<Line>{"", "agree"});
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  EXPECT_EQ(answers().size(), root ? 0u : 1u);
}

TEST_F(PamTest, AMarkIsForTheUserWhoAuthenticated_A3) {
  Session session("login");
  ASSERT_EQ(session.authenticate(), PAM_SUCCESS);
  ASSERT_EQ(pam_set_item(session.handle(), PAM_USER, "root"), PAM_SUCCESS);
  session.account();
  EXPECT_TRUE(checks().empty()) << "root is a system account";
  Session other("login");
  ASSERT_EQ(other.authenticate(), PAM_SUCCESS);
  ASSERT_EQ(pam_set_item(other.handle(), PAM_USER, "somebody"), PAM_SUCCESS);
  other.account();
  ASSERT_EQ(checks().size(), 1u);
  EXPECT_EQ(checks()[0].login, "somebody") << "PAM_USER is read afresh";
  EXPECT_EQ(other.variable("ASSENT_STATUS"), "unproven");
}

TEST_F(PamTest, OnlyTheWordNoDeclines) {
  script(question(), AgentAnswerReply{false, true, "declined", "", 7});
  Session session("login", {"", "no"});
  EXPECT_EQ(session.log_in(), PAM_PERM_DENIED);
  ASSERT_EQ(answers().size(), 1u);
  EXPECT_EQ(answers()[0].answers[0].act, "decline");
}

TEST_F(PamTest, NoReadableAnswerRecordsNothing) {
  const std::deque<Line> endings[] = {
      {EndOfFile{}}, {"", EndOfFile{}}, {"", CannotPrompt{}}, {"x", "y", "z"}, {"", "", "", ""}};
  for (const auto& lines : endings) {
    Session session("login", lines);
    EXPECT_EQ(session.log_in(), PAM_PERM_DENIED);
    EXPECT_NE(session.text().find("Nothing was recorded"), std::string::npos);
  }
  EXPECT_TRUE(answers().empty());
}

TEST_F(PamTest, AHostThatCannotPromptIsToldToTheService) {
  script(question(), AgentAnswerReply{true, true, "later", "", 0});
  Session password("sshd", {CannotPrompt{}});
  EXPECT_EQ(password.log_in(), PAM_SUCCESS);
  Session silent("sshd");
  ASSERT_EQ(silent.authenticate(), PAM_SUCCESS);
  EXPECT_EQ(silent.account(PAM_SILENT), PAM_SUCCESS);
  ASSERT_EQ(answers().size(), 2u);
  EXPECT_TRUE(answers()[0].cannot_ask && answers()[1].cannot_ask);
}

TEST_F(PamTest, LeftAloneMeansNoExchangeAtAll) {
  for (const char* service : {"exempt", "system", "sudo"}) {
    Session session(service);
    EXPECT_EQ(session.log_in(), PAM_SUCCESS) << service;
    EXPECT_EQ(pam_open_session(session.handle(), 0), PAM_SUCCESS);
  }
  EXPECT_TRUE(agent.requests().empty());
}

TEST_F(PamTest, AnAccountOfTheMachineIsNotThePersonOfThatName_A4) {
  Session local("local");
  EXPECT_EQ(local.log_in(), PAM_SUCCESS) << "neither asked nor refused: nobody of the school";
  EXPECT_EQ(pam_open_session(local.handle(), 0), PAM_SUCCESS);
  EXPECT_EQ(local.variable("ASSENT_STATUS"), "(none)");
  Session denied("local-deny");
  EXPECT_EQ(denied.log_in(), PAM_PERM_DENIED);
  EXPECT_NE(denied.text().find("your school account"), std::string::npos);
  EXPECT_EQ(local.prompts() + denied.prompts(), 0u);
  EXPECT_TRUE(agent.requests().empty()) << "the service never hears the name";
}

TEST_F(PamTest, AMachineWithoutADirectoryMayAskItsOwnAccounts) {
  Session session("local-ask", {"", "agree"});
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  EXPECT_EQ(answers().size(), 1u);
}

TEST_F(PamTest, AnExemptionIsForAccountsOfTheMachineAlone_A27) {
  Session session("exempt-person", {"", "agree"});  // exempt by name, and not of this machine
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  EXPECT_EQ(answers().size(), 1u) << "a login that somebody has again inherits no exemption";
}

TEST_F(PamTest, RootGetsInWhateverIsSet) {
  Session session("local-deny");
  ASSERT_EQ(pam_set_item(session.handle(), PAM_USER, "root"), PAM_SUCCESS);
  EXPECT_EQ(session.account(), PAM_SUCCESS);
  EXPECT_TRUE(agent.requests().empty());
}

TEST_F(PamTest, IgnoredByTheOnlyAccountModuleIsDeniedByPam) {
  Session session("alone");  // why README.md says to put it beside common-account
  EXPECT_EQ(session.account(), PAM_PERM_DENIED);
}

TEST_F(PamTest, AWrongSettingNeverEndsALogin) {
  script(verdict(Verdict::Clear), wire::AgentUnavailable{});
  Session session("unknown");
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
}

}  // namespace
}  // namespace assent::pam
