#pragma once
// Makes this machine known to the service: a key made here, a code typed here, once.

#include "core/client/http_client.h"
#include "pam-module/agent/identity.h"

namespace assent::agent {

// Conflict if the machine is enrolled already. A failed try leaves the key, which the next uses.
Result<Enrolled> enrol(const HttpClient& client, const std::string& state_dir,
                       const std::string& code, Random& random);

}  // namespace assent::agent
