#pragma once
// A school's [[gateway]]. Inside config/ only.

#include "core/base/value.h"
#include "service/config/config.h"

namespace assent {

// Faults name "gateway[N].KEY".
Result<std::vector<GatewaySettings>> read_gateways(Fields& fields);

}  // namespace assent
