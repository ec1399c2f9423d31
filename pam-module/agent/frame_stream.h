#pragma once
// Whole frames over a non-blocking socket, by a deadline. See core/wire/agent_message.h for what a
// frame is.

#include <string>

#include "core/base/result.h"
#include "core/device/deadline.h"

namespace assent::agent {

// The body. Invalid for a length out of range, Unavailable for a peer that is slow or gone.
Result<std::string> read_frame(int socket, device::Deadline deadline);
Status write_all(int socket, std::string_view bytes, device::Deadline deadline);

}  // namespace assent::agent
