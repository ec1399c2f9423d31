#include "service/http/signing_routes.h"

#include "service/http/desk_visit.h"
#include "service/http/portal_routes.h"
#include "service/web/signing_pages.h"

namespace assent::http {
namespace {

constexpr std::string_view kAddOn = "add-on-";  // and the policy's name: a field of the form
constexpr int kSigningRetrySeconds = 60;
constexpr std::size_t kSignInFormBytes = 4 * 1024;

// One request of somebody who is signed in.
struct Signer {
  const SigningServices& services;
  PageSession session;
  web::DeskShell shell;
  Reading reading{};

  const School& school() const { return *session.school; }
  const PersonRow& person() const { return session.actor.person; }
};

std::string_view name_of(ToSign::After after) {
  switch (after) {
    case ToSign::After::Changed: return "changed";
    case ToSign::After::NoMoreLater: return "sign_no_more_later";
    default: return "";
  }
}

// Each kind of view as its page.
class SigningPages {
 public:
  explicit SigningPages(const Signer& signer) : signer_(signer) {}

  Response operator()(const NothingToSign& view) const {
    std::vector<web::HeldAgreement> held;
    for (const Held& each : view.held)
      held.push_back({each.title, local(each.at),
                      each.receipt ? std::to_string(*each.receipt) : std::string()});
    return page(200, web::nothing_to_sign_page(signer_.shell, held));
  }
  Response operator()(const ToSign& view) const {
    const Rendered& rendered = *view.shown.rendered;
    web::SignPage out{rendered.parsed, rendered.marks, text_of(rendered.hash)};
    out.ticket = view.shown.ticket;
    out.shown = to_hex(rendered.hash);
    out.add_ons = view.shown.add_ons;
    out.notice = name_of(view.after);
    out.incomplete = view.after == ToSign::After::Incomplete;
    out.may_put_off = view.shown.deferrals_left > 0;
    out.later_until = view.shown.later_until;
    out.for_pupils = rendered.style != Style::Std;
    out.easy = signer_.reading.easy;
    out.has_easy = rendered.has_easy;
    out.full = signer_.reading.full;
    const int status = out.incomplete ? 400 : view.after == ToSign::After::Nothing ? 200 : 409;
    return page(status, web::sign_page(signer_.shell, out));
  }
  Response operator()(const HasSaid& view) const {
    return page(
        200, web::said_page(signer_.shell, {std::string(to_text(view.said)), view.outcome.message,
                                            std::to_string(view.outcome.receipt.index)}));
  }
  Response operator()(const CannotSign&) const {
    return page(403, web::cannot_sign_page(signer_.shell, "sign_cannot"));
  }
  Response operator()(const NotAnswering&) const {
    Response response = page(503, web::cannot_sign_page(signer_.shell, "trouble"));
    response.retry_after_seconds = kSigningRetrySeconds;
    return response;
  }

 private:
  std::string local(Time at) const {
    return signer_.services.calendar.local(at, signer_.school().zone);
  }

  const Signer& signer_;
};

Signing::Then show_to(const Signer& signer, const Respond& respond) {
  return [signer, respond](const SigningView& view) {
    respond(std::visit(SigningPages{signer}, view));
  };
}

// What was typed, and what was wrong with it.
struct Typed {
  std::string login, fault;
};

// Nobody is signed in: the ways to change that.
Response signed_out_page(const SigningServices& services, const Request& request,
                         const School& school, const Typed& typed, const std::string& language) {
  const web::Texts& texts = web::texts_for(language, request.accept_language);
  const web::DeskShell shell{texts, school.title, "", signing_of(school), ""};
  web::SignInPage out;
  out.is_fault = !typed.fault.empty();
  out.why = out.is_fault ? typed.fault : texts.at("sign_in_first");
  if (services.sign_in.is_set_up()) out.sign_in = "/signin?to=" + signing_of(school);
  out.form = services.passwords.form(school, request.peer).value_or("");
  out.login = typed.login;
  return page(out.is_fault ? 403 : 401, web::sign_in_page(shell, out));
}

// Whoever is signed in, at the school that the address names; else it is answered here.
std::optional<PageSession> session_of(const SigningServices& services, const Request& request,
                                      const Params& params, const Respond& respond) {
  const School* school = services.registry.school(SchoolName{params["school"]});
  if (!school) {
    respond(problem(404, "not-found", "Not found", "There is no such school."));
    return std::nullopt;
  }
  auto session = session_at(services.sign_in, request, *school);
  if (session) return *std::move(session);
  const std::string* language = query_value(request, "language");
  respond(signed_out_page(services, request, *school, {}, language ? *language : ""));
  return std::nullopt;
}

// `wishes`: of the address or of the form.
Signer signer_of(const SigningServices& services, PageSession session, const Request& request,
                 const Named& wishes) {
  const web::Texts& texts = web::texts_for(field_of(wishes, "language"), request.accept_language);
  web::DeskShell shell{texts, session.school->title, session.actor.person.name,
                       signing_of(*session.school), session.form_token};
  return {services,
          std::move(session),
          std::move(shell),
          {texts.code(), field_of(wishes, "full") == "yes", field_of(wishes, "easy") == "yes"}};
}

void show_what_is_owed(const SigningServices& services, const Request& request,
                       const Params& params, const Respond& respond) {
  auto session = session_of(services, request, params, respond);
  if (!session) return;
  const Signer signer = signer_of(services, *std::move(session), request, request.query);
  show_to(signer, respond)(services.signing.look(signer.school(), signer.person(), signer.reading));
}

void take_signed_form(const SigningServices& services, const Request& request, const Params& params,
                      const Respond& respond) {
  auto session = session_of(services, request, params, respond);
  if (!session) return;
  Named form;
  if (!read_own_form(*session, request, form))
    return respond(stale_form(request, *session->school, signing_of(*session->school)));
  const Signer signer = signer_of(services, *std::move(session), request, form);
  const auto say = parse_say(field_of(form, "say"));
  if (!say) return respond(problem(400, "invalid", "Not valid", "say " + say.error().message));
  SignedForm said{field_of(form, "ticket"), field_of(form, "shown"), *say, {}};
  for (const auto& [name, value] : form)
    if (name.starts_with(kAddOn)) said.add_ons[name.substr(kAddOn.size())] = value == "yes";
  services.signing.answer(signer.school(), signer.person(), said, signer.reading,
                          show_to(signer, respond));
}

std::string_view why_not_in(Code code) {
  if (code == Code::Denied) return "sign_in_refused";
  return code == Code::Conflict ? "sign_in_stale" : "trouble";
}

void sign_in_by_password(const SigningServices& services, const Request& request,
                         const Params& params, const Respond& respond) {
  const School* school = services.registry.school(SchoolName{params["school"]});
  Named form;
  if (!school || request.body.size() > kSignInFormBytes || !read_named(request.body, form))
    return respond(problem(400, "invalid", "Not valid", "This is no form of the signing page's."));
  const auto work = [services, request, school, form, respond] {
    const std::string login = field_of(form, "login");
    const auto session = services.passwords.open(*school, request.peer, field_of(form, "form"),
                                                 login, field_of(form, "password"));
    if (!session) {
      const std::string& language = field_of(form, "language");
      const web::Texts& texts = web::texts_for(language, request.accept_language);
      return respond(signed_out_page(services, request, *school,
                                     {login, texts.at(why_not_in(session.error().code))},
                                     language));
    }
    Response response = go_to(signing_of(*school) + "?language=" + field_of(form, "language"));
    response.headers.emplace_back("Set-Cookie", session_cookie(*session, SignIn::kSigningLife));
    respond(std::move(response));
  };
  const auto lane = services.lanes.find(school->key);
  if (lane == services.lanes.end()) return work();
  if (!lane->second->add(work)) {
    Response busy = problem(503, "unavailable", "Try again later", "Many people sign in just now.");
    busy.retry_after_seconds = kSigningRetrySeconds;
    respond(std::move(busy));
  }
}

}  // namespace

std::vector<Route> signing_routes(const SigningServices& services) {
  const auto bind = [services](auto handle) {
    return
        [services, handle](const Request& request, const Params& params, const Respond& respond) {
          handle(services, request, params, respond);
        };
  };
  return {{"GET", "/sign/{school}", bind(show_what_is_owed), {"language", "full", "easy"}},
          {"POST", "/sign/{school}", bind(take_signed_form)},
          {"POST", "/sign/{school}/signin", bind(sign_in_by_password)}};
}

}  // namespace assent::http
