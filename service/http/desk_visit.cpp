#include "service/http/desk_visit.h"

#include "service/http/portal_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kFormBytes = 8 * 1024;

}  // namespace

int status_of(const Error& error) {
  switch (error.code) {
    case Code::NotFound: return 404;
    case Code::Conflict: return 409;
    case Code::Invalid: return 400;
    case Code::Denied: return 403;
    default: return 503;
  }
}

Response go_to(const std::string& path) {
  Response response = page(303, "");
  response.headers.emplace_back("Location", path);
  return response;
}

std::string base_of(const School& school) {
  return "/desk/" + school.name.value;
}

std::string signing_of(const School& school) {
  return "/sign/" + school.name.value;
}

std::string session_cookie(const std::string& value, seconds life) {
  return std::string(SignIn::kCookie) + "=" + value +
         "; Path=/; Max-Age=" + std::to_string(life.count()) + "; Secure; HttpOnly; SameSite=Lax";
}

Result<PageSession> session_at(const SignIn& sign_in, const Request& request,
                               const School& school) {
  ASSENT_TRY(PageSession session, sign_in.session(request.cookie));
  if (session.school != &school) return fail(Code::Denied, "You are signed in elsewhere.");
  return session;
}

bool read_own_form(const PageSession& session, const Request& request, Named& form) {
  return request.body.size() <= kFormBytes && read_named(request.body, form) &&
         SignIn::is_own(session, field_of(form, "token"));
}

web::DeskShell shell_of(const Request& request, const School& school) {
  return {web::texts_for("", request.accept_language), school.title, "", base_of(school), ""};
}

Response closed(const Request& request, const School& school, std::string_view why, int status,
                const std::string& base) {
  const web::DeskShell shell = shell_of(request, school);
  return page(status,
              web::desk_closed_page(shell, shell.texts.fill(why, {{"school", school.title}}),
                                    status == 401 ? "/signin?to=" + base : ""));
}

Response stale_form(const Request& request, const School& school, const std::string& base) {
  return closed(request, school, "closed_stale", 403, base);
}

Route desk_route(const DeskServices& services, std::string method, std::string pattern,
                 Handle handle) {
  const bool is_form = method == "POST";
  return {
      std::move(method), std::move(pattern),
      [services, is_form, handle](const Request& request, const Params& params,
                                  const Respond& respond) {
        const School* school = services.registry.school(SchoolName{params["school"]});
        if (!school || (school->guests.empty() && school->roles.empty()))
          return respond(problem(404, "not-found", "Not found", "There is no such desk."));
        auto session = session_at(services.sign_in, request, *school);
        if (!session)
          return respond(closed(request, *school, "closed_signed_out", 401, base_of(*school)));
        Visit visit{services, *std::move(session), shell_of(request, *school), {}};
        visit.shell.person = visit.session.actor.person.name;
        visit.shell.form_token = visit.session.form_token;
        if (visit.session.only_signing)
          return respond(closed(request, *school, "closed_only_signing", 401, base_of(*school)));
        if (is_form && !read_own_form(visit.session, request, visit.form))
          return respond(stale_form(request, *school, base_of(*school)));
        handle(visit, params, respond);
      }};
}

}  // namespace assent::http
