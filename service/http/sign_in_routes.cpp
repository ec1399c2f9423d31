// From the edge's own sign-in to a session of ours, and out again.
#include "service/http/desk_visit.h"
#include "service/http/portal_routes.h"

namespace assent::http {
namespace {

// The school of "/desk/kingsmead/new" or "/sign/kingsmead", and which of the two it is; no school
// for anything else.
std::pair<const School*, bool> destination(const Registry& registry, std::string_view wanted) {
  for (const bool signing : {false, true}) {
    const std::string_view start = signing ? "/sign/" : "/desk/";
    if (!wanted.starts_with(start)) continue;
    const std::string_view rest = wanted.substr(start.size());
    return {registry.school(SchoolName{std::string(rest.substr(0, rest.find('/')))}), signing};
  }
  return {nullptr, false};
}

// Behind the edge's own sign-in: from here on the cookie is the session.
void signed_in_at_edge(const DeskServices& services, const Request& request,
                       const Respond& respond) {
  const std::string* to = query_value(request, "to");
  const std::string_view wanted = to ? std::string_view(*to) : "";
  const auto [school, signing] = destination(services.registry, wanted);
  if (!school)
    return respond(problem(404, "not-found", "Not found", "Signing in leads nowhere from here."));
  const std::string base = signing ? signing_of(*school) : base_of(*school);
  const seconds life = signing ? SignIn::kSigningLife : SignIn::kLife;
  const auto session = services.sign_in.open(
      *school, {request.vouched.issuer, request.vouched.subject, request.vouched.login}, life);
  if (!session) return respond(closed(request, *school, session.error(), 403, base));
  Response response = go_to(base);
  response.headers.emplace_back("Set-Cookie", session_cookie(*session, life));
  respond(std::move(response));
}

// The edge has ended its own session by now.
void signed_out(const DeskServices& services, const Request& request, const Respond& respond) {
  const auto session = services.sign_in.session(request.cookie);
  Named form;
  const bool said = read_named(request.body, form);
  const auto [left, signing] = destination(services.registry, said ? field_of(form, "to") : "");
  const School& school = session ? *session->school
                         : left  ? *left
                                 : services.registry.schools().front();
  const web::DeskShell shell = shell_of(request, school);
  Response response = page(
      200, web::desk_closed_page(shell, shell.texts.at("desk_signed_out"),
                                 "/signin?to=" + (signing ? signing_of(school) : base_of(school))));
  response.headers.emplace_back("Set-Cookie", session_cookie("", seconds{0}));
  respond(std::move(response));
}

}  // namespace

std::vector<Route> sign_in_routes(const DeskServices& services) {
  const auto signing_in = [services](const Request& request, const Params&,
                                     const Respond& respond) {
    signed_in_at_edge(services, request, respond);
  };
  const auto signing_out = [services](const Request& request, const Params&,
                                      const Respond& respond) {
    signed_out(services, request, respond);
  };
  return {{"GET", "/signin", signing_in, {"to"}},
          {"GET", "/signout", signing_out},
          {"POST", "/signout", signing_out}};
}

}  // namespace assent::http
