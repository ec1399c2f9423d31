#include "service/http/routes.h"

#include "core/base/number.h"

namespace assent::http {

Result<std::string_view> bearer(const Request& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view header = request.authorization;
  if (!header.starts_with(kBearer))
    return fail(Code::Denied, "send a token in an Authorization: Bearer header");
  return header.substr(kBearer.size());
}

Result<Actor> signed_in(const Access& access, const Request& request) {
  ASSENT_TRY(const std::string_view token, bearer(request));
  return access.actor(token);
}

Status check_scope(const Actor& actor, std::string_view scope) {
  if (actor.scope == scope || actor.scope == "admin") return {};
  return fail(Code::Denied, "this token may not do that: it needs the scope " + std::string(scope));
}

Result<const School*> school_of(const Registry& registry, const Request& request,
                                const Actor& actor) {
  const School* own = registry.school(actor.person.school);
  const std::string* asked = query_value(request, "school");
  if (!own || (asked && *asked != own->name.value))
    return fail(Code::NotFound, "there is no such school for this token");
  return own;
}

Result<bool> is_dry_run(const Request& request) {
  const std::string* said = query_value(request, "dry_run");
  if (!said || *said == "false" || *said == "0") return false;
  if (*said == "true" || *said == "1") return true;
  return fail(Code::Invalid, "dry_run is true or 1, or false or 0");
}

std::optional<std::uint64_t> asked_number(const std::string* text) {
  return text ? whole_number<std::uint64_t>(*text) : std::nullopt;
}

Response not_signed_in(const Error& error) {
  Response response = problem(401, "not-signed-in", "Not signed in", error.message);
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"assent\"");
  return response;
}

Response ok(std::string json) {
  return {200, "application/json", std::move(json), 0};
}
Response text(std::string plain) {
  return {200, "text/plain; charset=utf-8", std::move(plain), 0};
}

}  // namespace assent::http
