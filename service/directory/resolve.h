#pragma once
// A host's addresses, looked up within a deadline: the system's own look-up waits for dead name
// servers as long as it likes.

#include <sys/socket.h>

#include <functional>
#include <string>
#include <vector>

#include "core/base/time.h"

namespace assent::directory {

struct Address {
  sockaddr_storage where{};  // without a port
  socklen_t length = 0;
};

// As getaddrinfo gives them: 0 and the addresses, or why not (EAI_…). May be called on a thread
// that outlives the caller.
struct Found {
  int error = 0;
  std::vector<Address> addresses;
};
using LookUp = std::function<Found(const std::string& host)>;
Found look_up(const std::string& host);

// Unavailable when the host has no address, or no answer came in time; the look-up is then left to
// end by itself.
Result<std::vector<Address>> resolve(const std::string& host, milliseconds limit,
                                     LookUp look_up = directory::look_up);

}  // namespace assent::directory
