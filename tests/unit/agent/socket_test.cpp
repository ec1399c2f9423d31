// The agent through a real Unix socket, with callers that behave badly.
#include "pam-module/agent/socket_server.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <thread>

#include "pam-module/agent/frame_stream.h"
#include "pam-module/agent/module_frames.h"
#include "tests/unit/agent/temporary_folder.h"
#include "tests/unit/device/fixture.h"

namespace assent::agent {
namespace {

// A caller as pam_assent.so is one.
class Caller {
 public:
  explicit Caller(const std::string& path)
      : socket_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    connected_ = connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Caller() { close(socket_); }
  bool connected() const { return connected_; }
  void write(std::string_view bytes) const {
    EXPECT_TRUE(write_all(socket_, bytes, device::Deadline::in(seconds(5))));
  }
  void stop_writing() const { shutdown(socket_, SHUT_WR); }
  // An error when the agent closed without a reply.
  Result<wire::AgentReply> read() const {
    ASSENT_TRY(const std::string body, read_frame(socket_, device::Deadline::in(seconds(5))));
    return wire::parse_agent_reply(body);
  }

 private:
  int socket_;
  bool connected_;
};

std::string check_frame() {
  wire::AgentCheck question;
  question.login = "amira";
  question.service = "sshd";
  return wire::to_frame(wire::AgentRequest(question)).value();
}

class ASocket : public ::testing::Test {
 protected:
  void SetUp() override {
    settings.path = folder.path() + "/pam.sock";
    settings.read_deadline = milliseconds(300);
    settings.workers = 2;
  }
  void start() { server = serve(settings, answer_frames(responder, log), log).value(); }
  wire::Verdict verdict_now() {
    const Caller caller(settings.path);
    caller.write(check_frame());
    return std::get<wire::AgentCheckReply>(caller.read().value()).verdict;
  }

  TemporaryFolder folder;
  const device::Identity machine = device::identity();
  device::FakeService service{machine};
  device::FixedClock clock;
  std::atomic<int> turned_away = 0;
  device::Log log = [this](device::Severity, const std::string& line) {
    if (line.find("turned away") != std::string::npos) ++turned_away;
  };
  device::Responder responder{"pam", service, machine, clock, log};
  SocketSettings settings;
  std::unique_ptr<SocketServer> server;
};

TEST_F(ASocket, AnswersOneRequestAConnection) {
  start();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(verdict_now(), wire::Verdict::Clear);
  EXPECT_EQ(service.checks, 3);
}

TEST_F(ASocket, IsOpenToItsOwnerAlone) {
  start();
  struct stat found;
  ASSERT_EQ(stat(settings.path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0600u);
}

TEST_F(ASocket, AnswersNoStrangerEvenThroughAnOpenName) {
  const passwd* nobody = getpwnam("nobody");
  if (geteuid() != 0 || !nobody) GTEST_SKIP() << "needs root, to become somebody else";
  const uid_t stranger = nobody->pw_uid;
  start();
  ASSERT_EQ(chmod(settings.path.c_str(), 0666), 0);
  ASSERT_EQ(chmod(folder.path().c_str(), 0755), 0);
  const pid_t child = fork();
  if (child == 0) {
    if (setresuid(stranger, stranger, stranger) != 0) _exit(3);
    const Caller caller(settings.path);
    if (!caller.connected()) _exit(4);
    caller.write(check_frame());
    _exit(caller.read() ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(service.checks, 0);
}

TEST_F(ASocket, ClosesOnAFrameOverTheLimit) {
  start();
  for (const char* header : {"\xff\xff\xff\xff", "\x00\x04\x00\x01"}) {
    const Caller caller(settings.path);
    caller.write({header, 4});
    EXPECT_FALSE(caller.read());
  }
  const Caller empty(settings.path);
  empty.write(std::string(4, '\0'));
  EXPECT_FALSE(empty.read());
  EXPECT_EQ(verdict_now(), wire::Verdict::Clear);
}

TEST_F(ASocket, ClosesOnWhatIsNoRequest) {
  start();
  const Caller caller(settings.path);
  caller.write(std::string("\0\0\0\5hello", 9));
  EXPECT_FALSE(caller.read());
  EXPECT_EQ(service.checks, 0);
}

TEST_F(ASocket, ForgetsACallerWhoClosesInMidFrame) {
  start();
  const Caller caller(settings.path);
  caller.write(check_frame().substr(0, 9));
  caller.stop_writing();
  EXPECT_FALSE(caller.read());
  EXPECT_EQ(verdict_now(), wire::Verdict::Clear);
}

TEST_F(ASocket, IsHeldByNoSlowCaller) {
  start();
  const Caller first(settings.path), second(settings.path), third(settings.path);
  first.write(check_frame().substr(0, 2));  // both workers wait for these
  second.write(check_frame().substr(0, 9));
  EXPECT_EQ(verdict_now(), wire::Verdict::Clear);
  EXPECT_FALSE(first.read());
}

TEST_F(ASocket, TurnsAwayWhoComesWhenTheQueueIsFull) {
  settings.workers = 1;
  settings.waiting = 1;
  start();
  std::vector<std::unique_ptr<Caller>> idle;
  for (int i = 0; i < 8; ++i) idle.push_back(std::make_unique<Caller>(settings.path));
  for (const auto& caller : idle) EXPECT_FALSE(caller->read());
  EXPECT_GE(turned_away, 1);
  EXPECT_EQ(verdict_now(), wire::Verdict::Clear);
}

TEST_F(ASocket, ReplacesADeadSocketAndNothingElse) {
  start();
  EXPECT_FALSE(serve(settings, answer_frames(responder, log), log)) << "two agents on one socket";
  EXPECT_EQ(verdict_now(), wire::Verdict::Clear);
  server->stop();
  EXPECT_FALSE(std::filesystem::exists(settings.path));
  std::ofstream(settings.path) << "precious";
  EXPECT_FALSE(serve(settings, answer_frames(responder, log), log));
  EXPECT_TRUE(std::filesystem::exists(settings.path));
  std::filesystem::remove(settings.path);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, settings.path.data(), settings.path.size());
  const int dead = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(dead, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  close(dead);
  start();
  EXPECT_EQ(verdict_now(), wire::Verdict::Clear);
}

TEST_F(ASocket, EndsWithCallersStillConnected) {
  start();
  const Caller idle(settings.path);
  server->stop();
  server->stop();
  EXPECT_FALSE(Caller(settings.path).connected());
}

}  // namespace
}  // namespace assent::agent
