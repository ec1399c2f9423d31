// The yardstick of a gate check: the service's own HTTP server, which takes the same requests and
// answers each with BYTES fixed bytes, or with a TEXT of JSON.
//   fixed_server BYTES|TEXT [PORT [THREADS]]
// prints its port, and serves until its input ends.
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "service/http/server.h"

int main(int argc, char** argv) {
  using namespace assent;
  if (argc < 2) return std::cerr << "usage: fixed_server BYTES|TEXT [PORT [THREADS]]\n", 2;
  const bool is_text = argv[1][0] == '{';
  const std::string body = is_text ? argv[1] : std::string(std::strtoul(argv[1], nullptr, 10), 'x');
  http::ServerSettings settings;
  if (argc > 3) settings.threads = std::atoi(argv[3]);
  settings.port = argc > 2 ? std::uint16_t(std::strtoul(argv[2], nullptr, 10)) : 0;
  const auto server =
      http::serve(settings, [&](const http::Request&, const http::Respond& respond) {
        respond({200, "application/json", body, 0});
      });
  if (!server) return std::cerr << server.error().message << "\n", 1;
  std::cout << (*server)->port() << std::endl;
  char unused = 0;
  while (read(STDIN_FILENO, &unused, 1) > 0) continue;
  (*server)->stop(1000);
}
