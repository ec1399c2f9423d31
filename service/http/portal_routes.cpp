// Views become pages here, and forms become calls.
#include "service/http/portal_routes.h"

#include <array>

#include "service/http/request_reader.h"
#include "service/web/portal_pages.h"
#include "service/web/style.h"

namespace assent::http {
namespace {

constexpr std::size_t kFormBytes = 8 * 1024;
constexpr int kPortalRetrySeconds = 60;
constexpr int kLookAgainSeconds = 15;
constexpr std::array<std::pair<std::string_view, minutes>, 4> kLonger{
    {{"15m", minutes{15}}, {"30m", minutes{30}}, {"1h", hours{1}}, {"2h", hours{2}}}};
constexpr std::size_t kClockAt = 12, kClockSize = 5;  // of "15:30" in "09 Nov 2026 15:30"

// One visitor's request at one school, and how to answer it.
struct Visit {
  const PortalServices& services;
  const School& school;
  const web::Texts& texts;
  std::string address;
};

const School* school_with_guests(const Registry& registry, const Params& params) {
  const School* school = registry.school(SchoolName{params["school"]});
  return school && !school->guests.empty() ? school : nullptr;
}

Response no_portal() {
  return problem(404, "not-found", "Not found", "There is no portal for visitors at this address.");
}

// "15:30" of an instant, at the school.
std::string clock_of(const Visit& visit, Time time) {
  const std::string local = visit.services.calendar.local(time, visit.school.zone);
  return local.substr(std::min(kClockAt, local.size()), kClockSize);
}

web::OnlinePage to_page(const Visit& visit, const NowOnline& online, const PortalDevice& device) {
  const Calendar& calendar = visit.services.calendar;
  const std::string until = calendar.local(online.until, visit.school.zone);
  const std::string now = calendar.local(visit.services.clock.now(), visit.school.zone);
  web::OnlinePage page;
  page.until = clock_of(visit, online.until);
  if (until.substr(0, kClockAt) != now.substr(0, kClockAt))
    page.until_day = until.substr(0, kClockAt - 1);
  page.until_exact = to_rfc3339(online.until);
  page.host = online.host;
  page.allowed = online.allowed;
  page.device = device_name(device);
  if (online.receipt) page.receipt = std::to_string(*online.receipt);
  for (const auto& [span, length] : kLonger)
    if (length <= online.longer_left) page.spans.emplace_back(span);
  if (online.longer_until) page.longer_until = clock_of(visit, *online.longer_until);
  page.longer_refused = online.longer_refused;
  page.connecting = online.connecting;
  page.go_to = online.go_to;
  page.may_choose = online.may_choose;
  page.has_words = online.has_words;
  return page;
}

// The text that says it.
std::string_view name_of(WordsFault fault) {
  switch (fault) {
    case WordsFault::Differ: return "words_differ";
    case WordsFault::TooShort: return "words_too_short";
    case WordsFault::TooLong: return "words_too_long";
    case WordsFault::Unreadable: return "words_unreadable";
    case WordsFault::Guessable: return "words_guessable";
    case WordsFault::None: break;
  }
  return "";
}

// Each kind of view as its page.
class Pages {
 public:
  Pages(const Visit& visit, const PortalAnswer& answer)
      : visit_(visit),
        state_(answer.state),
        shell_{visit.texts, visit.school.title, visit.school.help,
               "/portal/" + visit.school.name.value, visit.services.portal.seal(answer.state)} {}

  Response operator()(const AskForCode& view) const {
    const bool wrong = view.after == AskForCode::After::Wrong;
    const bool again = view.after == AskForCode::After::Again;
    return page(wrong   ? 403
                : again ? 409
                        : 200,
                web::code_page(shell_, {wrong, again, device_name(state_.device), view.account,
                                        !GuestAsks::kinds(visit_.school).empty(),
                                        view.after == AskForCode::After::Prove}));
  }
  Response operator()(const ReadRules& view) const {
    const Rendered& rendered = *view.rendered;
    return page(200,
                web::rules_page(shell_, {rendered.parsed, rendered.marks, view.changed,
                                         view.kept.count(), device_name(state_.device), state_.easy,
                                         rendered.has_easy, text_of(rendered.hash)}));
  }
  Response operator()(const NowOnline& view) const {
    return page(200, web::online_page(shell_, to_page(visit_, view, state_.device)));
  }
  Response operator()(const AskForAccess& view) const {
    using Fault = AskForAccess::Fault;
    web::AskPage out{{}, view.typed.name, view.typed.visits, view.typed.reason, ""};
    for (const GuestKind* kind : GuestAsks::kinds(visit_.school)) out.kinds.push_back(kind->name);
    if (view.fault != Fault::None)
      out.fault = view.fault == Fault::Missing ? "ask_missing" : "ask_too_many";
    const int status = view.fault == Fault::None ? 200 : view.fault == Fault::Missing ? 400 : 429;
    return page(status, web::ask_page(shell_, out));
  }
  // A header and no element of the page, so that nothing reads it out; the page says it, and lets
  // them stop it (WCAG 2.2.2). It asks by GET: a form is never sent twice.
  Response operator()(const WaitToBeLetIn& view) const {
    Response response =
        page(200, web::waiting_page(shell_, {view.code, view.visits, clock_of(visit_, view.until),
                                             view.still, kLookAgainSeconds}));
    if (!view.still)
      response.headers.emplace_back("Refresh", std::to_string(kLookAgainSeconds) +
                                                   "; url=" + shell_.action +
                                                   "?language=" + visit_.texts.code());
    return response;
  }
  Response operator()(const ChooseWords& view) const {
    const std::string fault = view.too_often ? "words_too_often" : std::string(name_of(view.fault));
    const int status = view.too_often ? 429 : fault.empty() ? 200 : 400;
    return page(status, web::words_page(shell_, {view.account, fault}));
  }
  Response operator()(const LetIn&) const { return page(200, web::let_in_page(shell_)); }
  Response operator()(const NotLetIn&) const { return page(200, web::not_let_in_page(shell_)); }
  Response operator()(const SaidNo&) const { return page(200, web::declined_page(shell_)); }
  Response operator()(const LoggedOut&) const { return page(200, web::left_page(shell_)); }
  Response operator()(const ThroughGateway&) const { return page(200, web::detour_page(shell_)); }
  Response operator()(const NotNow&) const {
    Response response = page(503, web::trouble_page(shell_));
    response.retry_after_seconds = kPortalRetrySeconds;
    return response;
  }

 private:
  const Visit& visit_;
  const PortalState& state_;
  web::Shell shell_;
};

Portal::Then show_to(const Visit& visit, const Respond& respond) {
  return [visit, respond](const PortalAnswer& answer) {
    respond(std::visit(Pages{visit, answer}, answer.view));
  };
}

void come(const PortalServices& services, const Request& request, const Params& params,
          const Respond& respond) {
  const School* school = school_with_guests(services.registry, params);
  if (!school) return respond(no_portal());
  show_portal(services, *school, request, {request.peer, "", "", ""}, respond);
}

// What somebody without a code does, or who is online and wants more. False: it is none of that.
bool act_for_asker(const Visit& visit, const PortalState& state, const Named& form,
                   const Portal::Then& then) {
  Portal& portal = visit.services.portal;
  const std::string wanted = field_of(form, "do");
  if (wanted == "ask") {
    portal.show_ask_form(visit.school, state, then);
  } else if (wanted == "request") {
    portal.ask(visit.school, state,
               {field_of(form, "kind"), field_of(form, "name"), field_of(form, "visits"),
                field_of(form, "why")},
               then);
  } else if (wanted == "still") {
    portal.wait_still(visit.school, state, then);
  } else if (wanted == "typed") {
    portal.show_code_form(visit.school, state, then);
  } else if (wanted == "go") {
    portal.take_up(visit.school, state, visit.texts.code(), then);
  } else if (wanted == "longer") {
    const auto by = parse_span(field_of(form, "by"));
    portal.ask_longer(visit.school, state, by ? milliseconds{*by} : milliseconds{0}, then);
  } else if (wanted == "words") {
    portal.show_words_form(visit.school, state, then);
  } else if (wanted == "choose") {
    portal.choose_words(visit.school, state, field_of(form, "words"), field_of(form, "again"),
                        then);
  } else {
    return false;
  }
  return true;
}

// What a form asks for, once its state is believed.
void act(const Visit& visit, const PortalState& state, const Named& form,
         const Portal::Then& then) {
  Portal& portal = visit.services.portal;
  const std::string wanted = field_of(form, "do");
  const std::string& language = visit.texts.code();
  const bool by_code = wanted == "code", by_account = wanted == "account";
  if (by_code || by_account) {
    const TypedCode typed{by_code ? field_of(form, "code") : "",
                          by_account ? field_of(form, "account") : "",
                          by_account ? field_of(form, "passphrase") : ""};
    return portal.enter(visit.school, state, typed, language, then);
  }
  if (wanted == "agree" || wanted == "decline")
    return portal.answer(visit.school, state, wanted == "agree", language, then);
  if (wanted == "easy" || wanted == "usual")
    return portal.reword(visit.school, state, wanted == "easy", language, then);
  if (wanted == "leave") return portal.leave(visit.school, state, then);
  if (!act_for_asker(visit, state, form, then)) portal.show(visit.school, state, language, then);
}

void post(const PortalServices& services, const Request& request, const Params& params,
          const Respond& respond) {
  const School* school = school_with_guests(services.registry, params);
  if (!school) return respond(no_portal());
  Named form;
  if (request.body.size() > kFormBytes || !read_named(request.body, form))
    return respond(problem(400, "invalid", "Not valid", "This is no form of the portal's."));
  const Visit visit{services, *school,
                    web::texts_for(field_of(form, "language"), request.accept_language),
                    request.peer};
  const Portal::Then then = show_to(visit, respond);
  PortalAnswer again;
  const auto state = services.portal.take(*school, field_of(form, "state"), request.peer, again);
  if (!state) return then(again);
  act(visit, *state, form, then);
}

// RFC 8908. By address alone: the network must not hide visitors behind one address.
void captivity(const PortalServices& services, const Request& request, const Params& params,
               const Respond& respond) {
  const School* school = school_with_guests(services.registry, params);
  if (!school || services.public_url.empty()) return respond(no_portal());
  auto online = services.portal.standing(*school, request.peer);
  if (online && online->connecting) online.reset();
  Object said{{"captive", !online}, {"user-portal-url", portal_url(services.public_url, *school)}};
  if (online) {
    const auto left = std::chrono::floor<seconds>(online->until - services.clock.now());
    said.emplace_back("seconds-remaining", std::max<std::int64_t>(0, left.count()));
    said.emplace_back("can-extend-session", online->longer_left >= kLonger.front().second);
  }
  Response response{200, "application/captive+json", to_json(said), 0};
  response.headers = {{"Cache-Control", "private"}};
  respond(std::move(response));
}

void style(const Request&, const Params& params, const Respond& respond) {
  Response response{200, "text/css; charset=utf-8", std::string{web::style_sheet()}, 0};
  const bool is_newest = params["version"] == web::style_version();
  response.headers = {
      {"Cache-Control", is_newest ? "public, max-age=31536000, immutable" : "no-store"}};
  respond(std::move(response));
}

}  // namespace

Response page(int status, std::string html) {
  Response response{status, "text/html; charset=utf-8", std::move(html), 0};
  response.headers = {{"Content-Security-Policy",
                       "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
                       "frame-ancestors 'none'"},
                      {"Referrer-Policy", "no-referrer"}};
  return response;
}

void show_portal(const PortalServices& services, const School& school, const Request& request,
                 const PortalDevice& device, const Respond& respond) {
  const std::string* chosen = query_value(request, "language");
  const Visit visit{services, school,
                    web::texts_for(chosen ? *chosen : "", request.accept_language), request.peer};
  services.portal.come(school, device, show_to(visit, respond));
}

Response not_from_gateway(const School& school, const Request& request) {
  return page(400, web::gateway_page({web::texts_for("", request.accept_language), school.title,
                                      school.help, "/portal/" + school.name.value, ""}));
}

std::string portal_url(const std::string& public_url, const School& school) {
  return public_url.empty() ? "" : public_url + "/portal/" + school.name.value;
}

std::vector<Route> portal_routes(const PortalServices& services) {
  const auto bind = [services](auto handle) {
    return
        [services, handle](const Request& request, const Params& params, const Respond& respond) {
          handle(services, request, params, respond);
        };
  };
  return {{"GET", "/portal/{school}", bind(come), {"language"}},
          {"POST", "/portal/{school}", bind(post)},
          {"GET", "/capport/v1/{school}", bind(captivity)}};
}

std::vector<Route> style_routes() {
  return {{"GET", std::string{web::kStylePattern}, style}};
}

}  // namespace assent::http
