#pragma once
// Whole frames over a non-blocking socket, by a deadline. See core/wire/agent_message.h for what a
// frame is.

#include <string>

#include "core/base/result.h"
#include "pam-module/agent/deadline.h"

namespace assent::agent {

// The body. Invalid for a length out of range, Unavailable for a peer that is slow or gone.
Result<std::string> read_frame(int socket, Deadline deadline);
Status write_all(int socket, std::string_view bytes, Deadline deadline);

}  // namespace assent::agent
