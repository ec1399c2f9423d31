// What reaches the host's conversation function, by kind of screen.

#include "pam-module/module/pam_screen.h"

#include "core/base/text.h"
#include "tests/unit/pam/login_fixture.h"

namespace assent::pam {
namespace {

TEST_F(PamTest, ADisplayManagerGetsOneTextAndOnePromptAPage) {
  Session session("lightdm", {"", "agree"});
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  ASSERT_EQ(session.messages.size(), 4u);
  const int styles[] = {PAM_TEXT_INFO, PAM_PROMPT_ECHO_ON, PAM_TEXT_INFO, PAM_PROMPT_ECHO_ON};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(session.messages[i].style, styles[i]);
  EXPECT_EQ(session.messages[0].text, "first page\nPress Enter for page 2, or type HELP: ");
  EXPECT_EQ(session.messages[2].text, "second page\nType AGREE, HELP or NO: ");
  EXPECT_EQ(checks()[0].screen, wire::ScreenKind::DisplayManager);
}

TEST_F(PamTest, TheFullestMessageBoxFitsIntoOneMessage) {
  auto reply = question();
  reply.pages = {std::string(420, 'x')};
  reply.deferrals_left = 1;
  reply.parts[0].mode = wire::PartMode::Acknowledge;
  reply.parts[0].kind = wire::PartKind::Amendment;
  script(reply, wire::AgentAnswerReply{true, true, "accepted", "", 0});
  Session session("lightdm", {"what", ""});  // Session holds every message below 512 bytes
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  ASSERT_EQ(session.messages.size(), 4u);
  EXPECT_GT(session.messages[2].text.size(), 480u);
}

TEST_F(PamTest, ATerminalGetsTheTextInPiecesAndThePromptLast) {
  auto reply = question();
  std::string page;
  for (int i = 0; i < 80; ++i) page += "line " + std::to_string(i) + " \xC3\xA9 and so on\n";
  reply.pages = {page};
  script(reply, wire::AgentAnswerReply{true, true, "accepted", "", 0});
  Session session("sshd", {"agree"});
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  EXPECT_GT(session.messages.size(), 3u);
  EXPECT_NE(session.text().find("line 38 \xC3\xA9 and so on\nline 39"), std::string::npos);
  EXPECT_EQ(session.messages.back().text, "Type AGREE, HELP or NO: ");
}

TEST_F(PamTest, NothingDrivesTheTerminal) {
  auto reply = question();
  reply.pages = {"\x1b[31mred\x07 \xC2\x9B \xE2\x80\xAE %s%n"};
  script(reply, wire::AgentAnswerReply{true, true, "accepted", "\x1b]0;title\x07", 0});
  Session session("login", {"agree"});
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  EXPECT_EQ(session.text(), terminal_safe(session.text()));
  EXPECT_NE(session.text().find("%s%n"), std::string::npos);
}

TEST(Messages, AreCutAtLineEndsElseBetweenCharacters) {
  using Pieces = std::vector<std::string>;
  EXPECT_EQ(messages_of("short", 10), Pieces{"short"});
  EXPECT_EQ(messages_of("one\ntwo\nthree", 8), (Pieces{"one\ntwo", "three"}));
  EXPECT_EQ(messages_of("one\n\n\ntwo", 4), (Pieces{"one\n", "\ntwo"}));
  EXPECT_EQ(messages_of("abcdefgh", 3), (Pieces{"abc", "def", "gh"}));
  EXPECT_EQ(messages_of("ab\xC3\xA9", 3), (Pieces{"ab", "\xC3\xA9"}));
  for (std::size_t max = 4; max < 20; ++max)
    for (const auto& piece : messages_of("\xF0\x9F\x98\x80\xC3\xA9\xE2\x82\xAC line\nx", max)) {
      EXPECT_LE(piece.size(), max);
      EXPECT_TRUE(is_utf8(piece));
    }
}

}  // namespace
}  // namespace assent::pam
