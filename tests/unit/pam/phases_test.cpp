// The other phases, and the settings.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "pam-module/module/options.h"
#include "tests/unit/pam/login_fixture.h"

namespace assent::pam {
namespace {

TEST_F(PamTest, ChangingCredentialsAndPasswordsIsNotItsBusiness) {
  Session session("sshd");
  ASSERT_EQ(session.authenticate(), PAM_SUCCESS);
  EXPECT_EQ(pam_setcred(session.handle(), PAM_ESTABLISH_CRED), PAM_SUCCESS);
  EXPECT_TRUE(agent.requests().empty());
  EXPECT_TRUE(session.messages.empty());
}

TEST_F(PamTest, TheSessionSaysThatItBeganAndKeepsNoTicket) {
  Session session("login", {"", "agree"});
  ASSERT_EQ(session.log_in(), PAM_SUCCESS);
  ASSERT_EQ(pam_open_session(session.handle(), 0), PAM_SUCCESS);
  EXPECT_EQ(session.variable("ASSENT_STATUS"), "accepted");
  EXPECT_EQ(session.variable("ASSENT_TICKET"), "(none)");
  // Nobody waits for the agent here, so the test does.
  ASSERT_TRUE(agent.await_requests(3));
  ASSERT_EQ(agent.requests().size(), 3u);
  const wire::AgentOpened expected{"ticket-1", "amira", "login"};
  EXPECT_EQ(std::get<wire::AgentOpened>(agent.requests()[2]), expected);
  EXPECT_EQ(pam_close_session(session.handle(), 0), PAM_SUCCESS);
}

TEST_F(PamTest, ASessionWithNoAgentStillOpens) {
  Session session("missing");
  ASSERT_EQ(session.log_in(), PAM_SUCCESS);
  EXPECT_EQ(pam_open_session(session.handle(), 0), PAM_SUCCESS);
  EXPECT_EQ(session.variable("ASSENT_STATUS"), "unchecked");
}

TEST_F(PamTest, AfterAPublicKeyThePersonIsProvenWithoutAPassword) {
  Session session("key", {"", "agree"});
  pam_putenv(session.handle(), "SSH_AUTH_INFO_0=publickey ssh-ed25519 AAAAC3Nza");
  EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  ASSERT_EQ(answers().size(), 1u);
  EXPECT_TRUE(answers()[0].authenticated);
}

TEST_F(PamTest, WithoutAPublicKeyAfterPublickeyOpensNoDoor) {
  const char* infos[] = {nullptr, "SSH_AUTH_INFO_0=", "SSH_AUTH_INFO_0=password",
                         "SSH_AUTH_INFO_0=xpublickey ssh-ed25519 A", "SSH_AUTH_INFO_0=publickey"};
  for (const char* info : infos) {
    Session session("key");
    if (info != nullptr) pam_putenv(session.handle(), info);
    pam_set_item(session.handle(), PAM_USER, "stranger");  // whom no password file knows
    EXPECT_NE(session.authenticate(), PAM_SUCCESS) << (info ? info : "none");
  }
}

struct Conf : testing::Test {
  std::string path = test_folder() + "/pam.conf";
  void write(const std::string& text, mode_t mode = 0644) {
    std::ofstream(path, std::ios::trunc) << text;
    chmod(path.c_str(), mode);
  }
  Loaded load(std::vector<std::string_view> arguments = {}) {
    conf_ = "conf=" + path;
    arguments.push_back(conf_);
    return load_options(arguments);
  }
  ~Conf() override { unlink(path.c_str()); }

 private:
  std::string conf_;
};

TEST_F(Conf, IsReadFirstAndArgumentsWin) {
  write(
      "# ours\n timeout = 1500 \nexempt=rescue:ict\nskip=none\nunproven=deny\nstyle=dm\n"
      "local_accounts=deny\npasswd=/srv/passwd\n");
  const auto loaded = load({"timeout=900", "on_unavailable=deny"});
  EXPECT_TRUE(loaded.complaints.empty());
  EXPECT_EQ(loaded.options.timeout, std::chrono::milliseconds(900));
  EXPECT_EQ(loaded.options.exempt, (std::vector<std::string>{"rescue", "ict"}));
  EXPECT_TRUE(loaded.options.skip.empty());
  EXPECT_EQ(loaded.options.unproven, Fallback::Deny);
  EXPECT_EQ(loaded.options.on_unavailable, Fallback::Deny);
  EXPECT_EQ(loaded.options.style, Style::DisplayManager);
  EXPECT_EQ(loaded.options.local_accounts, LocalAccounts::Deny);
  EXPECT_EQ(loaded.options.passwd, "/srv/passwd");
}

TEST_F(Conf, ThatOthersCanWriteIsIgnoredAloud) {
  for (const mode_t mode : {0664, 0646, 0666, 0777}) {
    write("on_unavailable=deny\n", mode);
    const auto loaded = load();
    EXPECT_EQ(loaded.options.on_unavailable, Fallback::Allow);
    ASSERT_EQ(loaded.complaints.size(), 1u);
    EXPECT_NE(loaded.complaints[0].find("is ignored"), std::string::npos);
  }
}

TEST_F(Conf, ThatIsNoSmallRegularFileIsIgnoredWithoutHanging) {
  write("on_unavailable=deny\n" + std::string(Options::kMaxFile, '#'));
  EXPECT_EQ(load().complaints.size(), 1u);
  unlink(path.c_str());
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(load().complaints.size(), 1u);
  unlink(path.c_str());
  const std::string target = test_folder() + "/real.conf";
  std::ofstream(target) << "on_unavailable=deny\n";
  ASSERT_EQ(symlink(target.c_str(), path.c_str()), 0);
  EXPECT_EQ(load().options.on_unavailable, Fallback::Allow);
}

TEST_F(Conf, ThatIsMissingIsNoFault) {
  EXPECT_TRUE(load().complaints.empty());
}

TEST_F(Conf, WrongSettingsAreNamedAndLeftAtTheirDefault) {
  const Options defaults;
  for (const char* wrong :
       {"timeout=99", "timeout=30001", "timeout=3s", "timeout=", "min_uid=-1", "socket=relative",
        "on_unavailable=cached", "style=x11", "local_accounts=yes", "passwd=passwd", "nonsense",
        "debug=1", "=", "after_publickey=yes"}) {
    const auto loaded = load({wrong});
    ASSERT_EQ(loaded.complaints.size(), 1u) << wrong;
    EXPECT_NE(loaded.complaints[0].find(wrong), std::string::npos);
    EXPECT_EQ(loaded.options.timeout, defaults.timeout);
    EXPECT_EQ(loaded.options.socket, defaults.socket);
    EXPECT_EQ(loaded.options.min_uid, defaults.min_uid);
    EXPECT_EQ(loaded.options.passwd, defaults.passwd);
  }
}

}  // namespace
}  // namespace assent::pam
