#include "service/http/admin_routes.h"

#include "core/base/text.h"
#include "core/formats/json.h"

namespace assent::http {
namespace {

constexpr std::size_t kNamedInConflict = 10;

std::string names(const std::vector<PersonRow>& people) {
  std::string out;
  for (const PersonRow& person : people)
    out += (out.empty() ? "" : ", ") + person.name + " (" + person.login +
           (person.form.empty() ? "" : ", " + person.form) + ")";
  return out;
}

}  // namespace

Route signed_in_route(const AdminServices& services, std::string method, std::string pattern,
                      std::string scope, std::function<void(const Call&, const Respond&)> handle,
                      std::vector<std::string> query) {
  query.emplace_back("school");
  if (method == "POST") query.emplace_back("dry_run");
  return {std::move(method), std::move(pattern),
          [services, scope = std::move(scope), handle = std::move(handle)](
              const Request& request, const Params& params, const Respond& respond) {
            auto actor = signed_in(services.access, request);
            if (!actor) return respond(not_signed_in(actor.error()));
            if (const Status may = check_scope(*actor, scope); !may)
              return respond(problem_for(may.error()));
            const auto school = school_of(services.registry, request, *actor);
            if (!school) return respond(problem_for(school.error()));
            const auto dry_run = is_dry_run(request);
            if (!dry_run) return respond(problem_for(dry_run.error()));
            handle({services, request, params, *std::move(actor), **school, *dry_run}, respond);
          },
          std::move(query)};
}

std::optional<PersonRow> one_person(const Call& call, const std::string& text,
                                    const Respond& respond) {
  auto found = call.services.people.search({call.school.key, text, kNamedInConflict});
  if (found && found->size() == 1) return std::move(found->front());
  if (!found) {
    respond(problem_for(found.error()));
  } else if (found->empty()) {
    respond(problem_for(
        {Code::NotFound, "nobody at " + call.school.title + " is called \"" + text + "\""}));
  } else {
    Array people;
    for (const PersonRow& person : *found) people.push_back(to_object(call.services, person));
    respond(problem(409, "ambiguous", "More than one person",
                    "more than one person matches \"" + text + "\": " + names(*found),
                    Object{{"people", std::move(people)}}));
  }
  return std::nullopt;
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

Value named_person(const Call& call, PersonKey key) {
  const auto person = key == 0 ? fail(Code::NotFound, "") : call.services.people.person(key);
  if (!person) return {};
  return Object{{"person", to_text(person->id)}, {"login", person->login}, {"name", person->name}};
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
