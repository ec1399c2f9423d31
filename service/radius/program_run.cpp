#include "service/radius/program_run.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace assent::radius {
namespace {

using Steady = std::chrono::steady_clock;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  int get() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

struct Pipe {
  Descriptor out, in;  // what is written into `in` comes out of `out`
};

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(Code::Unavailable, "no pipe could be made");
  return Pipe{Descriptor{ends[0]}, Descriptor{ends[1]}};
}

// Our own signals are blocked and ignored; the program must be able to end.
void use_default_signals(posix_spawnattr_t& attributes) {
  sigset_t none, pipes;
  sigemptyset(&none);
  sigemptyset(&pipes);
  sigaddset(&pipes, SIGPIPE);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &pipes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

Result<pid_t> spawn(const std::vector<std::string>& arguments, int input, int output) {
  std::vector<char*> argv;
  for (const std::string& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
  argv.push_back(nullptr);
  std::array<std::string, 2> settings = {"PATH=/usr/bin:/bin", "LC_ALL=C"};
  std::array<char*, 3> environment = {settings[0].data(), settings[1].data(), nullptr};
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  use_default_signals(attributes);
  pid_t child = 0;
  const int error =
      ::posix_spawn(&child, argv[0], &files, &attributes, argv.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) return fail(Code::Unavailable, arguments[0] + " cannot be started");
  return child;
}

int left_ms(Steady::time_point end) {
  const auto left = std::chrono::ceil<milliseconds>(end - Steady::now()).count();
  return int(std::clamp<std::int64_t>(left, 0, 60'000));
}

// All that it writes until it closes its end, or there is no time left.
std::string read_all(int from, Steady::time_point end) {
  std::string out;
  std::array<char, 1024> piece;
  while (true) {
    pollfd ready{from, POLLIN, 0};
    if (::poll(&ready, 1, left_ms(end)) <= 0) return out;
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got <= 0) return out;
    out.append(piece.data(), std::min(std::size_t(got), kOutputMax - out.size()));
  }
}

// Its exit status; nothing when it had to be killed.
std::optional<int> end_of(pid_t child, Steady::time_point end) {
  constexpr int kLookEveryMs = 5;
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (left_ms(end) == 0) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return std::nullopt;
    }
    ::poll(nullptr, 0, kLookEveryMs);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<ProgramRun> run_program(const std::vector<std::string>& arguments, const std::string& input,
                               milliseconds deadline) {
  if (input.size() > kInputMax) return fail(Code::Invalid, "that is too much to be told at once");
  const auto end = Steady::now() + deadline;
  ASSENT_TRY(Pipe to, make_pipe());
  ASSENT_TRY(Pipe from, make_pipe());
  // It fits into the pipe: nobody has to read for it to be written.
  if (::write(to.in.get(), input.data(), input.size()) != ssize_t(input.size()))
    return fail(Code::Unavailable, "the pipe takes nothing");
  ASSENT_TRY(const pid_t child, spawn(arguments, to.out.get(), from.in.get()));
  to.in.close();
  from.in.close();
  ProgramRun run;
  run.output = read_all(from.out.get(), end);
  const auto status = end_of(child, end);
  if (!status) return fail(Code::Unavailable, arguments[0] + " did not end in time");
  run.status = *status;
  return run;
}

}  // namespace assent::radius
