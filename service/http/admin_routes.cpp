#include "service/http/admin_routes.h"

#include "core/base/text.h"
#include "core/formats/json.h"

namespace assent::http {
namespace {

constexpr std::size_t kNamedInConflict = 10;

}  // namespace

Route signed_in_route(const AdminServices& services, std::string method, std::string pattern,
                      std::string scope, std::function<void(const Call&, const Respond&)> handle) {
  return {std::move(method), std::move(pattern),
          [services, scope = std::move(scope), handle = std::move(handle)](
              const Request& request, const Params& params, const Respond& respond) {
            auto actor = signed_in(services.access, request, scope);
            if (!actor) return respond(not_signed_in(actor.error()));
            const auto school = school_of(services.registry, request, *actor);
            if (!school) return respond(problem_for(school.error()));
            handle({services, request, params, *std::move(actor), **school,
                    query_value(request, "dry_run") != nullptr},
                   respond);
          }};
}

Result<PersonRow> one_person(const Call& call, const std::string& text) {
  ASSENT_TRY(auto found, call.services.people.search({call.school.key, text, kNamedInConflict}));
  if (found.empty())
    return fail(Code::NotFound, "nobody at " + call.school.title + " is called \"" + text + "\"");
  if (found.size() == 1) return std::move(found.front());
  std::string names;
  for (const PersonRow& person : found)
    names += (names.empty() ? "" : ", ") + person.name + " (" + person.login +
             (person.form.empty() ? "" : ", " + person.form) + ")";
  return fail(Code::Conflict, "more than one person matches \"" + text + "\": " + names);
}

Object to_object(const AdminServices& services, const PersonRow& person) {
  const auto audience = services.registry.audience(person.school, person.profile);
  return {{"person", to_text(person.id)},
          {"login", person.login},
          {"name", person.name},
          {"form", person.form},
          {"audience", audience->name},
          {"stage", audience->stage},
          {"state", person.state == PersonState::Active ? "active" : "left"}};
}

std::string line(Fields& fields, std::string_view key, std::size_t max) {
  std::string text = fields.text(key, max);
  if (const Status safe = check_line(text, max); !safe) fields.reject(key, safe.error().message);
  return text;
}

Result<Value> body_of(const Call& call, std::size_t max_bytes) {
  return parse_json(call.request.body, {.bytes = max_bytes, .depth = 8});
}

}  // namespace assent::http
