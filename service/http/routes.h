#pragma once
// The routes of docs/protocol.md, by group. Each turns a request into a use case's words and its
// answer back into JSON; nothing is decided here but who may call.

#include "service/app/devices.h"
#include "service/app/gate_service.h"
#include "service/app/roster_keeper.h"
#include "service/http/problem.h"
#include "service/http/router.h"

namespace assent::http {

struct GateServices {
  GateService& gate;
  Devices& devices;
  const Access& access;
  const Receipts& receipts;
  const Registry& registry;
  const RosterKeeper* rosters = nullptr;  // none: nobody's people can be stale
};

// The references must outlive the routes.
std::vector<Route> gate_routes(const GateServices& services);
std::vector<Route> device_routes(const GateServices& services);
std::vector<Route> ledger_routes(const GateServices& services);

// The text after "Bearer "; Denied without one.
Result<std::string_view> bearer(const Request& request);
// The signed-in person.
Result<Actor> signed_in(const Access& access, const Request& request);
// Denied unless their token may do what needs `scope`: "admin", or "report:read" or "staff", which
// admin includes.
Status check_scope(const Actor& actor, std::string_view scope);
// The school of `?school=`, which must be the actor's own; NotFound otherwise.
Result<const School*> school_of(const Registry& registry, const Request& request,
                                const Actor& actor);
// `?dry_run=`: true or 1; false or 0, as without it. Invalid for anything else: nobody may take a
// change for a rehearsal because of a typing error.
Result<bool> is_dry_run(const Request& request);
// Decimal digits, all of them; nothing where there is no text, or it is anything else.
std::optional<std::uint64_t> asked_number(const std::string* text);
// 401 and how to sign in (RFC 6750, 3).
Response not_signed_in(const Error& error);

Response ok(std::string json);
Response text(std::string plain);

}  // namespace assent::http
