#pragma once
// Levels on their way into the output: what waits, what is held, what went astray there, and the
// words that let a large move through.

#include "service/app/level_keeper.h"
#include "service/http/admin_routes.h"

namespace assent::http {

struct LevelServices {
  LevelSweeps& sweeps;
  LevelKeeper* keeper = nullptr;  // none where no school has a table
};

// The references must outlive the routes.
// The access register's are among them.
std::vector<Route> level_output_routes(const AdminServices& services, const LevelServices& levels);

std::vector<Route> access_routes(const AdminServices& services, const LevelServices& levels);

}  // namespace assent::http
