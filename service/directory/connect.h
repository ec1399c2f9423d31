#pragma once
// A TCP connection to a host within a deadline, however many of its addresses are dead. libldap is
// given the socket: by itself it would look the name up once more, under no deadline.

#include <cstdint>
#include <span>

#include "service/directory/resolve.h"

namespace assent::directory {

// A blocking socket, the caller's to close, connected to the first address that answers. They are
// tried in order, each for its share of the time that is left. Unavailable, saying why, when none
// does. `limit` is also how long what is sent later may stay without an acknowledgement.
Result<int> connect_to(std::span<const Address> addresses, std::uint16_t port, milliseconds limit);

}  // namespace assent::directory
