// Enrolment, sessions and the register of devices.

#include "core/base/text.h"
#include "core/formats/json.h"
#include "core/wire/device.h"
#include "service/http/routes.h"

namespace assent::http {
namespace {

Result<DeviceId> device_id(const std::string& text) {
  return parse_id<DeviceTag>(text);
}

void enrol(const GateServices& services, const Request& request, const Respond& respond) {
  const auto asked = wire::parse_enrol_request(request.body);
  if (!asked) return respond(problem_for(asked.error()));
  const std::string statement = wire::enrol_statement(asked->code, asked->public_key);
  if (!verify(asked->public_key, bytes_of(statement), asked->proof))
    return respond(problem(403, "bad-signature", "The signature does not fit",
                           "the device did not prove that it holds its key"));
  services.devices.enrol(
      asked->code, asked->public_key, [services, respond](const Result<DeviceRow>& device) {
        if (!device) return respond(problem_for(device.error()));
        const School* school = services.registry.school(device->school);
        respond(ok(wire::to_json(wire::EnrolReply{to_text(device->id), device->name,
                                                  school ? school->name.value : "",
                                                  to_text(services.receipts.key())})));
      });
}

void challenge(const GateServices& services, const Request& request, const Respond& respond) {
  const auto body = parse_json(request.body);
  if (!body) return respond(problem_for(body.error()));
  Fields fields{*body};
  const DeviceId id = fields.accept("device", device_id(fields.text("device", 64)));
  if (const Status read = fields.finish(); !read) return respond(problem_for(read.error()));
  respond(ok(wire::to_json(wire::ChallengeReply{services.access.challenge(id)})));
}

void session(const GateServices& services, const Request& request, const Respond& respond) {
  const auto asked = wire::parse_session_request(request.body);
  if (!asked) return respond(problem_for(asked.error()));
  const auto id = device_id(asked->device);
  if (!id) return respond(problem_for(id.error()));
  const std::string statement = wire::session_statement(asked->device, asked->challenge);
  const auto opened =
      services.access.open_session(*id, asked->challenge, bytes_of(statement), asked->signature);
  if (!opened) return respond(not_signed_in(opened.error()));
  respond(ok(wire::to_json(wire::SessionReply{opened->bearer, opened->expires})));
}

Object to_object(const DeviceRow& device) {
  return {{"device", to_text(device.id)},
          {"name", device.name},
          {"room", device.room},
          {"class", device.device_class},
          {"enrolled", device.public_key.has_value()},
          {"revoked", device.revoked ? Value{to_rfc3339(*device.revoked)} : Value{}}};
}

Result<DeviceRequest> device_request(const std::string& json) {
  ASSENT_TRY(const Value body, parse_json(json));
  Fields fields{body};
  DeviceRequest asked{fields.text("name", 64), fields.optional_text("room", 64).value_or(""),
                      fields.optional_text("class", 16).value_or("school")};
  for (const std::string* part : {&asked.name, &asked.room})
    if (const Status safe = check_line(*part, 64); !safe)
      fields.reject(part == &asked.name ? "name" : "room", safe.error().message);
  if (asked.device_class != "school" && asked.device_class != "home" &&
      asked.device_class != "kiosk")
    fields.reject("class", "must be school, home or kiosk");
  return fields.finish(std::move(asked));
}

void add(const GateServices& services, const Request& request, const Respond& respond) {
  const auto actor = signed_in(services.access, request);
  if (!actor) return respond(not_signed_in(actor.error()));
  if (const Status may = check_scope(*actor, "admin"); !may)
    return respond(problem_for(may.error()));
  const auto school = school_of(services.registry, request, *actor);
  if (!school) return respond(problem_for(school.error()));
  const auto dry_run = is_dry_run(request);
  if (!dry_run) return respond(problem_for(dry_run.error()));
  const auto asked = device_request(request.body);
  if (!asked) return respond(problem_for(asked.error()));
  if (*dry_run) {
    const auto device = services.devices.to_add((*school)->key, *asked);
    return respond(device ? ok(to_json(Object{{"name", device->name}, {"dry_run", true}}))
                          : problem_for(device.error()));
  }
  services.devices.add(*actor, (*school)->key, *asked, [respond](const auto& added) {
    if (!added) return respond(problem_for(added.error()));
    respond(ok(to_json(Object{{"device", to_text(added->device.id)},
                              {"name", added->device.name},
                              {"code", added->code},
                              {"expires", to_rfc3339(added->device.code_expires)}})));
  });
}

void list_devices(const GateServices& services, const Request& request, const Respond& respond) {
  const auto actor = signed_in(services.access, request);
  if (!actor) return respond(not_signed_in(actor.error()));
  if (const Status may = check_scope(*actor, "report:read"); !may)
    return respond(problem_for(may.error()));
  const auto school = school_of(services.registry, request, *actor);
  if (!school) return respond(problem_for(school.error()));
  Array devices;
  for (const DeviceRow& device : services.registry.devices((*school)->key))
    devices.push_back(to_object(device));
  respond(ok(to_json(Object{{"devices", std::move(devices)}})));
}

void revoke(const GateServices& services, const Request& request, const std::string& which,
            const Respond& respond) {
  const auto actor = signed_in(services.access, request);
  if (!actor) return respond(not_signed_in(actor.error()));
  if (const Status may = check_scope(*actor, "admin"); !may)
    return respond(problem_for(may.error()));
  const auto school = school_of(services.registry, request, *actor);
  if (!school) return respond(problem_for(school.error()));
  const auto dry_run = is_dry_run(request);
  if (!dry_run) return respond(problem_for(dry_run.error()));
  const auto answer = [respond](const Result<DeviceRow>& device) {
    respond(device ? ok(to_json(to_object(*device))) : problem_for(device.error()));
  };
  if (*dry_run) return answer(services.devices.to_revoke((*school)->key, which));
  services.devices.revoke(*actor, (*school)->key, which, answer);
}

}  // namespace

std::vector<Route> device_routes(const GateServices& services) {
  const auto bind = [services](auto handle) {
    return [services, handle](const Request& request, const Params&, const Respond& respond) {
      handle(services, request, respond);
    };
  };
  const auto revoke_named = [services](const Request& request, const Params& params,
                                       const Respond& respond) {
    revoke(services, request, params["which"], respond);
  };
  return {{"POST", "/v1/devices/enrol", bind(enrol)},
          {"POST", "/v1/devices/challenge", bind(challenge)},
          {"POST", "/v1/devices/session", bind(session)},
          {"POST", "/v1/devices", bind(add), {"school", "dry_run"}},
          {"GET", "/v1/devices", bind(list_devices), {"school"}},
          {"POST", "/v1/devices/{which}/revoke", revoke_named, {"school", "dry_run"}}};
}

}  // namespace assent::http
