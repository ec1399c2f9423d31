#pragma once
// Makes this machine known to the service: a key made here, a code typed here, once.

#include "core/device/identity.h"
#include "core/wire/transport.h"

namespace assent::device {

// Conflict if the machine is enrolled already. A failed try leaves the key, which the next uses.
Result<Enrolled> enrol(const Transport& transport, StateFolder& state, const std::string& code,
                       Random& random);

}  // namespace assent::device
