// From the edge's own sign-in to a session of ours, and out again.
#include "service/http/desk_visit.h"
#include "service/http/portal_routes.h"

namespace assent::http {
namespace {

std::string cookie(const std::string& value, seconds life) {
  return std::string(SignIn::kCookie) + "=" + value +
         "; Path=/; Max-Age=" + std::to_string(life.count()) + "; Secure; HttpOnly; SameSite=Lax";
}

// Behind the edge's own sign-in: from here on the cookie is the session.
void signed_in_at_edge(const DeskServices& services, const Request& request,
                       const Respond& respond) {
  const std::string* to = query_value(request, "to");
  const std::string_view wanted = to ? std::string_view(*to) : "";
  constexpr std::string_view kDesk = "/desk/";
  const School* school = wanted.starts_with(kDesk)
                             ? services.registry.school(SchoolName{std::string(wanted.substr(
                                   kDesk.size(), wanted.find('/', kDesk.size()) - kDesk.size()))})
                             : nullptr;
  if (!school)
    return respond(problem(404, "not-found", "Not found", "Signing in leads nowhere from here."));
  const auto session = services.sign_in.open(
      *school, {request.vouched.issuer, request.vouched.subject, request.vouched.login});
  if (!session) return respond(closed(request, *school, session.error(), 403));
  Response response = go_to(base_of(*school));
  response.headers.emplace_back("Set-Cookie", cookie(*session, SignIn::kLife));
  respond(std::move(response));
}

// The edge has ended its own session by now.
void signed_out(const DeskServices& services, const Request& request, const Respond& respond) {
  const auto session = services.sign_in.session(request.cookie);
  const School& school = session ? *session->school : services.registry.schools().front();
  const web::DeskShell shell = shell_of(request, school);
  Response response = page(200, web::desk_closed_page(shell, shell.texts.at("desk_signed_out"),
                                                      "/signin?to=" + base_of(school)));
  response.headers.emplace_back("Set-Cookie", cookie("", seconds{0}));
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
