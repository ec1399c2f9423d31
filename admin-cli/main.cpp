// assentctl: the admin command line. Gives program.cpp the process's own environment, streams and
// network, and catches what must never reach a terminal as a stack trace.

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "admin-cli/program.h"
#include "core/base/text.h"
#include "core/crypto/crypto.h"

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
    const Exit exit = run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc),
                          {environment, connect_http, std::cout, std::cerr, isatty(2) == 1});
    std::cout.flush();
    return int(exit);
  } catch (const std::exception& bug) {
    std::cerr << "assentctl: this is a bug: " << one_line(bug.what()) << "\n";
    return int(Exit::Bug);
  }
}
