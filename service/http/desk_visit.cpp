#include "service/http/desk_visit.h"

#include "service/http/portal_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kFormBytes = 8 * 1024;

}  // namespace

std::string Visit::field(std::string_view name) const {
  for (const auto& [key, value] : form)
    if (key == name) return value;
  return {};
}

Response go_to(const std::string& path) {
  Response response = page(303, "");
  response.headers.emplace_back("Location", path);
  return response;
}

std::string base_of(const School& school) {
  return "/desk/" + school.name.value;
}

web::DeskShell shell_of(const Request& request, const School& school) {
  return {web::texts_for("", request.accept_language), school.title, "", base_of(school), ""};
}

Response closed(const Request& request, const School& school, const Error& why, int status) {
  const std::string way = status == 401 ? "/signin?to=" + base_of(school) : "";
  return page(status, web::desk_closed_page(shell_of(request, school), why.message, way));
}

Route desk_route(const DeskServices& services, std::string method, std::string pattern,
                 Handle handle) {
  const bool is_form = method == "POST";
  return {
      std::move(method), std::move(pattern),
      [services, is_form, handle](const Request& request, const Params& params,
                                  const Respond& respond) {
        const School* school = services.registry.school(SchoolName{params["school"]});
        if (!school || school->guests.empty())
          return respond(problem(404, "not-found", "Not found", "There is no such desk."));
        auto session = services.sign_in.session(request.cookie);
        if (!session || session->school != school) {
          const Error why =
              session ? Error{Code::Denied, "You are signed in elsewhere."} : session.error();
          return respond(closed(request, *school, why, 401));
        }
        Visit visit{services, *std::move(session), shell_of(request, *school), {}};
        visit.shell.person = visit.session.actor.person.name;
        visit.shell.form_token = visit.session.form_token;
        if (is_form && (request.body.size() > kFormBytes || !read_named(request.body, visit.form) ||
                        !SignIn::is_own(visit.session, visit.field("token"))))
          return respond(closed(request, *school,
                                {Code::Denied,
                                 "This page was open too long. Nothing was changed: go back, "
                                 "open it again, and repeat."},
                                403));
        handle(visit, params, respond);
      }};
}

}  // namespace assent::http
