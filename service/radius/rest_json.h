#pragma once
// RADIUS as FreeRADIUS's rlm_rest writes and reads it: every attribute by its name, with its type
// and a list of values.

#include "service/domain/radius.h"

namespace assent::radius {

// Knows a dozen attributes and passes over the rest. Invalid when it is no such JSON. What is there
// but of no use (no hardware address, a longer text than RADIUS has) is as if it were not.
Result<RadiusRequest> parse_radius_request(std::string_view json);

// rlm_rest expands %{…} in whatever it is given unless each attribute forbids it, and `%{exec:…}`
// runs programs: so each does.
std::string to_radius_json(const RadiusAttributes& attributes);

}  // namespace assent::radius
