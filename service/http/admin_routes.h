#pragma once
// What signed-in persons may ask and do: policies, people and the roster (docs/protocol.md).

#include "service/app/behalf.h"
#include "service/app/directory_check.h"
#include "service/app/identities.h"
#include "service/app/level_desk.h"
#include "service/app/level_ports.h"
#include "service/app/publisher.h"
#include "service/app/role_desk.h"
#include "service/app/roster_import.h"
#include "service/app/roster_keeper.h"
#include "service/app/tokens.h"
#include "service/http/routes.h"

namespace assent::http {

struct AdminServices {
  const Access& access;
  const Registry& registry;
  const People& people;
  const Standings& standings;
  const History& history;
  const Calendar& calendar;
  const Clock& clock;
  Publisher& publisher;
  Tokens& tokens;
  OnBehalf& behalf;
  Identities& identities;
  RosterImports& imports;
  const LevelDesk& levels;
  const LevelBook& level_book;
};

// The references must outlive the routes.
std::vector<Route> policy_routes(const AdminServices& services);
std::vector<Route> people_routes(const AdminServices& services);
std::vector<Route> behalf_routes(const AdminServices& services);
std::vector<Route> token_routes(const AdminServices& services);
// `keeper` must outlive the routes.
std::vector<Route> roster_routes(const AdminServices& services, RosterKeeper& keeper);
std::vector<Route> level_routes(const AdminServices& services);
// `roles` must outlive the routes.
std::vector<Route> role_routes(const AdminServices& services, RoleDesk& roles);
// `checks` must outlive the routes.
std::vector<Route> directory_routes(const AdminServices& services, const DirectoryChecks& checks);

// A signed-in person at their own school, asking something.
struct Call {
  const AdminServices& services;
  const Request& request;
  const Params& params;
  Actor actor;
  const School& school;
  bool dry_run = false;
};

// A route that a person with `scope` may use. Answers 401, 403 and 404 by itself, and 400 for a
// `dry_run` that is none. Its query may have `query`, a school and, where it is a POST, `dry_run`.
Route signed_in_route(const AdminServices& services, std::string method, std::string pattern,
                      std::string scope, std::function<void(const Call&, const Respond&)> handle,
                      std::vector<std::string> query = {});

// The one person that `text` names in the call's school. Otherwise answers by itself: 404, or 409
// "ambiguous" with the first of those whom it may mean.
std::optional<PersonRow> one_person(const Call& call, const std::string& text,
                                    const Respond& respond);
// One person as the list shows them.
Object to_object(const AdminServices& services, const PersonRow& person);
// Who somebody is, in a few words; null for nobody.
Value named_person(const Call& call, PersonKey key);
// Text for a record: one line, nothing that a terminal would obey. Rejects `key` otherwise.
std::string line(Fields& fields, std::string_view key, std::size_t max);
// The members of a call's JSON body; Invalid if it is none.
Result<Value> body_of(const Call& call, std::size_t max_bytes = 64 * 1024);

}  // namespace assent::http
