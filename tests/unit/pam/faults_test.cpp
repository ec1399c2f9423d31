// The agent fails in every way that a peer can, and the host process is left as it was.

#include <dirent.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "pam-module/module/agent_client.h"
#include "tests/unit/pam/login_fixture.h"

namespace assent::pam {
namespace {

using std::chrono::milliseconds;

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> piece;
  while (const std::size_t got = fread(piece.data(), 1, piece.size(), pipe))
    out.append(piece.data(), got);
  pclose(pipe);
  return out;
}

int open_descriptors() {
  int count = 0;
  DIR* folder = opendir("/proc/self/fd");
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

TEST_F(PamTest, WithNoAgentTheSettingDecides) {
  Session allowed("missing"), denied("missing-deny");
  EXPECT_EQ(allowed.log_in(), PAM_SUCCESS);
  EXPECT_EQ(allowed.variable("ASSENT_STATUS"), "unchecked");
  EXPECT_EQ(denied.log_in(), PAM_AUTHINFO_UNAVAIL);
  EXPECT_NE(denied.text().find("cannot be checked"), std::string::npos);
}

TEST_F(PamTest, GarbageIsNoAnswer) {
  const std::string good = *to_frame(wire::AgentReply(question()));
  const std::string replies[] = {"",
                                 "x",
                                 std::string(4, '\0'),
                                 "\xff\xff\xff\xff",
                                 std::string("\0\4\0\1", 4) + std::string(300, 'x'),
                                 good.substr(0, good.size() - 1),
                                 std::string("\0\0\0\2\1\4", 6),
                                 std::string("\0\0\0\2\2\4", 6),
                                 *to_frame(wire::AgentReply(wire::AgentAnswerReply{})),
                                 *to_frame(wire::AgentReply(wire::AgentUnavailable{"no"})),
                                 std::string(1000, '\0')};
  for (const auto& reply : replies) {
    agent.answer_with([&](const auto&) { return reply; });
    Session session("deny");
    EXPECT_EQ(session.log_in(), PAM_AUTHINFO_UNAVAIL) << reply.size();
  }
}

TEST_F(PamTest, ASilentAgentIsBoundedByOneDeadline) {
  agent.stay_silent();
  Session session("deny");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(session.log_in(), PAM_AUTHINFO_UNAVAIL);
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_GE(took, milliseconds(290));
  EXPECT_LT(took, milliseconds(2000));
}

TEST_F(PamTest, AnAnswerThatIsLostIsNotAnAcceptance) {
  script(question(), wire::AgentUnavailable{});
  Session session("deny", {"", "agree"});
  session.authenticate();
  EXPECT_EQ(session.account(), PAM_AUTHINFO_UNAVAIL);
  EXPECT_NE(session.variable("ASSENT_STATUS"), "accepted");
}

TEST(Exchange, WaitsForAFullBacklogUntilTheDeadline) {
  const std::string path = test_folder() + "/busy.sock";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(path, address.sun_path);
  const auto* peer = reinterpret_cast<const sockaddr*>(&address);
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(listener, peer, sizeof address), 0);
  ASSERT_EQ(listen(listener, 0), 0);
  const int first = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(connect(first, peer, sizeof address), 0);
  const auto start = std::chrono::steady_clock::now();
  const auto reply = exchange(path, "frame", start + milliseconds(100));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().message, "the agent is too busy");
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(100));
  close(first);
  close(listener);
}

TEST_F(PamTest, TheHostProcessIsLeftAsItWas) {
  struct sigaction before {
  }, after{};
  sigaction(SIGPIPE, nullptr, &before);
  {
    Session warm_up("sshd", {"", "agree"});
    warm_up.log_in();
  }
  const int descriptors = open_descriptors();
  for (int i = 0; i < 50; ++i) {
    Session session("sshd", {"", "agree"});
    errno = EXDEV;
    EXPECT_EQ(session.log_in(), PAM_SUCCESS);
  }
  agent.answer_with(nullptr);  // hangs up at once: no SIGPIPE
  for (int i = 0; i < 20; ++i) Session("sshd").log_in();
  sigaction(SIGPIPE, nullptr, &after);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
  // The stand-in agent lives in this process and may be closing a connection at either count; a
  // leak would show 70 times.
  EXPECT_NEAR(open_descriptors(), descriptors, 1);
  EXPECT_EQ(getenv("ASSENT_STATUS"), nullptr);
}

TEST(Module, NeedsLibpamAndLibcAlone) {
  const std::string needed = output_of("readelf -d " ASSENT_PAM_MODULE " | grep NEEDED");
  EXPECT_NE(needed.find("libpam.so.0"), std::string::npos);
  EXPECT_NE(needed.find("libc.so.6"), std::string::npos);
  const bool loader = needed.find("ld-linux") != std::string::npos;
  EXPECT_EQ(std::ranges::count(needed, '\n'), loader ? 3 : 2) << needed;
  EXPECT_EQ(needed.find("stdc++"), std::string::npos);
  EXPECT_EQ(needed.find("libgcc"), std::string::npos);
  EXPECT_EQ(needed.find("libm."), std::string::npos);
  const std::string flags = output_of("readelf -d " ASSENT_PAM_MODULE " | grep FLAGS_1");
  EXPECT_NE(flags.find("NODELETE"), std::string::npos);
  EXPECT_NE(flags.find("NOW"), std::string::npos);
}

TEST(Module, ExportsThePamEntryPointsAlone) {
  EXPECT_EQ(output_of("nm -D --defined-only " ASSENT_PAM_MODULE " | cut -d' ' -f3 | LC_ALL=C sort"),
            "pam_sm_acct_mgmt\npam_sm_authenticate\npam_sm_chauthtok\npam_sm_close_session\n"
            "pam_sm_open_session\npam_sm_setcred\n");
}

TEST(Module, CallsNothingThatALoginProcessMustNot) {
  const std::string imports = output_of("nm -D --undefined-only " ASSENT_PAM_MODULE) + "\n";
  for (const char* banned :
       {"fork", "vfork", "execve", "system", "pthread_create", "signal", "sigaction", "setenv",
        "putenv", "umask", "chdir", "setlocale", "getpwnam"})
    EXPECT_EQ(imports.find(std::string(" ") + banned + "@"), std::string::npos) << banned;
}

}  // namespace
}  // namespace assent::pam
