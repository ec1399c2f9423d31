// The real HTTP server with a handler that tells what reached it: for tests of the edge, and for
// measuring. Usage: echo_server PORT EDGE_SECRET. Prints the port, serves until its input ends.
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "core/base/value.h"
#include "service/http/server.h"

int main(int argc, char** argv) {
  using namespace assent;
  http::ServerSettings settings;
  settings.threads = 1;
  settings.port = argc > 1 ? static_cast<std::uint16_t>(std::atoi(argv[1])) : std::uint16_t{0};
  if (argc > 2) settings.edge_secret = argv[2];
  auto server = http::serve(settings, [](const http::Request& request, http::Respond respond) {
    if (request.path == "/fixed") return respond({200, "text/plain", "hello", 0});
    Value body(Object{{"method", request.method},
                      {"path", request.path},
                      {"peer", request.peer},
                      {"bytes", request.body.size()}});
    respond({200, "application/json", to_json(body), 0});
  });
  if (!server) {
    std::cerr << server.error().message << "\n";
    return 1;
  }
  std::cout << (*server)->port() << std::endl;
  char unused = 0;
  while (read(STDIN_FILENO, &unused, 1) > 0) continue;
  (*server)->stop(1000);
}
