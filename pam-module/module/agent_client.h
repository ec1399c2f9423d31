#pragma once
// One exchange with assent-agent over its Unix socket, inside somebody else's login process: no
// thread, no signal, no descriptor left open, and one deadline over everything.

#include <chrono>
#include <string>

#include "core/base/result.h"

namespace assent::pam {

using Deadline = std::chrono::steady_clock::time_point;

// Sends `frame` and returns the reply's body. Unavailable: no agent, a peer that is neither root's
// nor this process's own user, or no whole reply by `deadline`. Invalid: a reply over the limit.
Result<std::string> exchange(const std::string& socket, const std::string& frame,
                             Deadline deadline);

// Sends `frame` and waits for nothing but room in the socket.
Status send_only(const std::string& socket, const std::string& frame, Deadline deadline);

}  // namespace assent::pam
