#pragma once
// What a verb gets when it runs: what was given, the settings, where words go, and the service.

#include "admin-cli/output.h"
#include "admin-cli/service_client.h"
#include "admin-cli/settings.h"
#include "admin-cli/verb.h"
#include "admin-cli/world.h"

namespace assent::cli {

struct Context {
  const Given& given;
  const Settings& settings;
  Output& out;
  ServiceClient& service;  // connects when it is first asked something
  const Environment& environment;
  const World& world;
};

// The tables, one file each. The order is that of the help.
Group top_group();  // status, why, approve, reject, completion
Group aup_group();
Group people_group();
Group level_group();
Group report_group();
Group device_group();
Group guest_group();
Group token_group();
Group role_group();
Group directory_group();
Group receipt_group();
Group log_group();
const std::vector<Group>& groups();

}  // namespace assent::cli
