// From the edge's own sign-in to a session of ours, and out again.
#include "service/http/desk_visit.h"
#include "service/http/portal_routes.h"

namespace assent::http {
namespace {

// Where signing in leads to, and for how long.
struct Destination {
  const School* school = nullptr;
  std::string base;
  seconds life{SignIn::kLife};
};

// Of "/desk/kingsmead/new" or "/sign/kingsmead"; nothing for anything else.
std::optional<Destination> destination(const Registry& registry, std::string_view wanted) {
  const bool is_signing = wanted.starts_with("/sign/");
  if (!is_signing && !wanted.starts_with("/desk/")) return std::nullopt;
  const std::string_view rest = wanted.substr(std::string_view("/sign/").size());
  const School* school = registry.school(SchoolName{std::string(rest.substr(0, rest.find('/')))});
  if (!school) return std::nullopt;
  if (is_signing) return Destination{school, signing_of(*school), SignIn::kSigningLife};
  return Destination{school, base_of(*school)};
}

// Behind the edge's own sign-in: from here on the cookie is the session.
void signed_in_at_edge(const DeskServices& services, const Request& request,
                       const Respond& respond) {
  const std::string* to = query_value(request, "to");
  const auto goal = destination(services.registry, to ? std::string_view(*to) : "");
  if (!goal)
    return respond(problem(404, "not-found", "Not found", "Signing in leads nowhere from here."));
  const School& school = *goal->school;
  if (!services.sign_in.is_set_up())
    return respond(closed(request, school, "closed_not_set_up", 403, goal->base));
  const auto session = services.sign_in.open(
      school, {request.vouched.issuer, request.vouched.subject, request.vouched.login}, goal->life);
  if (!session) {
    const bool is_unknown = session.error().code == Code::Denied;
    return respond(closed(request, school, is_unknown ? "closed_unknown" : "trouble",
                          is_unknown ? 403 : 503, goal->base));
  }
  Response response = go_to(goal->base);
  response.headers.emplace_back("Set-Cookie", session_cookie(*session, goal->life));
  respond(std::move(response));
}

// The edge has ended its own session by now.
void signed_out(const DeskServices& services, const Request& request, const Respond& respond) {
  const auto session = services.sign_in.session(request.cookie);
  Named form;
  const bool said = read_named(request.body, form);
  const auto left = destination(services.registry, said ? field_of(form, "to") : "");
  const School& school = session ? *session->school
                         : left  ? *left->school
                                 : services.registry.schools().front();
  const web::DeskShell shell = shell_of(request, school);
  const bool same = left && left->school == &school;
  Response response =
      page(200, web::desk_closed_page(shell, shell.texts.at("desk_signed_out"),
                                      "/signin?to=" + (same ? left->base : base_of(school))));
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
