// assentctl: the admin command line. Gives program.cpp the process's own environment, streams and
// network, and catches what must never reach a terminal as a stack trace.

#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "admin-cli/program.h"
#include "core/base/system_clock.h"
#include "core/base/text.h"
#include "core/crypto/crypto.h"

namespace assent::cli {
namespace {

constexpr std::size_t kSecretMax = 256;
constexpr char kInterrupt = 3, kEnd = 4, kErase = 127;  // Ctrl-C, Ctrl-D, backspace

// Byte by byte and without signals, so that Ctrl-C cannot leave the terminal as it is meanwhile.
Result<std::string> ask_secret(const std::string& prompt) {
  termios before{};
  if (tcgetattr(STDIN_FILENO, &before) != 0)
    return fail(Code::Denied,
                "there is no terminal to ask for a password: set it in the environment");
  termios quiet = before;
  quiet.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  std::cerr << prompt << std::flush;
  std::string secret;
  char typed = 0;
  while (read(STDIN_FILENO, &typed, 1) == 1 && typed != '\n' && typed != '\r' &&
         typed != kInterrupt && typed != kEnd) {
    if (typed == kErase && !secret.empty()) secret.pop_back();
    if (typed != kErase && secret.size() < kSecretMax) secret += typed;
  }
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
  std::cerr << "\n";
  if (typed == kInterrupt || typed == kEnd || secret.empty())
    return fail(Code::Denied, "no password was given");
  return secret;
}

World real_world() {
  using std::chrono::steady_clock;
  const auto start = steady_clock::now();
  return {look_at, ask_secret,
          [start] { return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start); },
          [](milliseconds time) { std::this_thread::sleep_for(time); },
          [] { return SystemClock().now(); }};
}

}  // namespace
}  // namespace assent::cli

int main(int argc, char** argv) {
  using namespace assent;
  using namespace assent::cli;
  try {
    std::signal(SIGPIPE, SIG_IGN);
    if (const Status crypto = start_crypto(); !crypto) {
      std::cerr << "assentctl: " << crypto.error().message << "\n";
      return int(Exit::Unreachable);
    }
    const auto environment = [](const std::string& name) {
      const char* value = std::getenv(name.c_str());
      return std::string(value ? value : "");
    };
    const Exit exit =
        run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc),
            {environment, connect_http, std::cout, std::cerr, isatty(2) == 1, real_world()});
    std::cout.flush();
    return int(exit);
  } catch (const std::exception& bug) {
    std::cerr << "assentctl: this is a bug: " << one_line(bug.what()) << "\n";
    return int(Exit::Bug);
  }
}
