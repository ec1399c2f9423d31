#pragma once
// A host's name, looked up within a deadline: the system's own look-up waits for dead name servers
// as long as it likes, and libldap asks it under no deadline.

#include <functional>
#include <string>

#include "core/base/time.h"

namespace assent::directory {

// 0, or why not (EAI_…), as getaddrinfo gives it. May be called on a thread that outlives the
// caller.
using LookUp = std::function<int(const std::string& host)>;
int look_up(const std::string& host);

// Nothing when the host has an address. Unavailable when it has none, or no answer came in time;
// the look-up is then left to end by itself.
Status resolve(const std::string& host, milliseconds limit, LookUp look_up = directory::look_up);

}  // namespace assent::directory
