// What anybody may fetch of the log, and receipts for those who are signed in.

#include "core/formats/json.h"
#include "service/http/routes.h"

namespace assent::http {
namespace {

Response checkpoint(const GateServices& services, const Request&, const Params&) {
  auto note = services.receipts.newest_checkpoint();
  return note ? text(*std::move(note)) : problem_for(note.error());
}

Response key(const GateServices& services, const Request&, const Params&) {
  return text(to_text(services.receipts.key()) + "\n");
}

Response consistency(const GateServices& services, const Request& request, const Params&) {
  const auto from = asked_number(query_value(request, "from")),
             to = asked_number(query_value(request, "to"));
  if (!from || !to)
    return problem(400, "invalid", "Not a question", "name both sizes: ?from=N&to=M");
  const auto proof = services.receipts.consistency(*from, *to);
  if (!proof) return problem_for(proof.error());
  Array hashes;
  for (const Digest& hash : *proof) hashes.push_back(to_base64(hash));
  return ok(to_json(Object{{"proof", std::move(hashes)}}));
}

// A school sees its own records, and those of the trust that name no school.
bool may_see(const GateServices& services, const Actor& actor, const Receipt& receipt) {
  const auto record = parse_json(receipt.record);
  const Value* school = record ? record->find("school") : nullptr;
  const School* own = services.registry.school(actor.person.school);
  return !school || (own && school->text() && *school->text() == own->name.value);
}

Response receipt(const GateServices& services, const Request& request, const Params& params) {
  const auto actor = signed_in(services.access, request);
  if (!actor) return not_signed_in(actor.error());
  if (const Status may = check_scope(*actor, "report:read"); !may) return problem_for(may.error());
  const auto school = school_of(services.registry, request, *actor);
  if (!school) return problem_for(school.error());
  const auto index = asked_number(&params["index"]);
  if (!index) return problem(400, "invalid", "Not a question", "a receipt's index is a number");
  const auto found = services.receipts.receipt(*index);
  if (!found) return problem_for(found.error());
  if (!may_see(services, *actor, *found))
    return problem_for({Code::NotFound, "there is no such receipt"});
  return ok(to_file(*found));
}

}  // namespace

std::vector<Route> ledger_routes(const GateServices& services) {
  const auto bind = [services](auto answer) {
    return
        [services, answer](const Request& request, const Params& params, const Respond& respond) {
          respond(answer(services, request, params));
        };
  };
  return {{"GET", "/v1/ledger/checkpoint", bind(checkpoint)},
          {"GET", "/v1/ledger/key", bind(key)},
          {"GET", "/v1/ledger/consistency", bind(consistency), {"from", "to"}},
          {"GET", "/v1/receipts/{index}", bind(receipt), {"school"}},
          {"GET", "/v1/health", [](const Request&, const Params&, const Respond& respond) {
             respond(ok(R"({"service":"assentd","version":"0.1.0"})"));
           }}};
}

}  // namespace assent::http
