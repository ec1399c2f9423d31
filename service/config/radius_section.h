#pragma once
// RADIUS in the files: the service's [radius], and a school's [[nas]]. Inside config/ only.

#include "core/base/value.h"
#include "service/config/config.h"

namespace assent {

// `table` is the value of "radius", or nullptr. Faults name "radius.KEY".
Result<std::optional<RadiusSettings>> read_radius(const Value* table);

// The access points of one school; faults name "nas[N].KEY".
Result<std::vector<Nas>> read_nases(Fields& fields);

}  // namespace assent
