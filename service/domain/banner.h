#pragma once
// K7: a school's rules in short, for screens that people see before they log in.

#include "service/domain/catalogue.h"

namespace assent {

// Of each policy of the school that is not retired, the version in force at `now`, where that has a
// banner; by the policies' names.
std::vector<std::shared_ptr<const PolicyVersion>> banners_in_force(const Catalogue& catalogue,
                                                                   SchoolKey school, Time now);

}  // namespace assent
