// The reception desk as a browser meets it: who is let in, what a form does, and what no form can.

#include "service/http/desk_routes.h"

#include <gtest/gtest.h>

#include "tests/support/guest_rig.h"
#include "tests/unit/web/page_text.h"

namespace assent::http {
namespace {

struct DeskRoutes : testing::Test, GuestRig {
  DeskRoutes()
      : pages({*registry, store.people, access_key, clock, random, {"https://id", "login"}}),
        roles({*registry, store.people, *writer, clock, random}),
        services{pages,        desk,      roles,    store.guests, store.guest_sessions,
                 store.people, *registry, calendar, clock,        "https://aup.school.example"},
        router(make_router(routes())) {}

  std::vector<Route> routes() const {
    auto all = desk_routes(services);
    for (Route& route : desk_role_routes(services)) all.push_back(std::move(route));
    for (Route& route : desk_lend_routes(services)) all.push_back(std::move(route));
    for (Route& route : sign_in_routes(services)) all.push_back(std::move(route));
    return all;
  }
  Response send(const Request& request) {
    const auto promise = std::make_shared<std::promise<Response>>();
    router(request, [promise](Response response) { promise->set_value(std::move(response)); });
    return promise->get_future().get();
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
      if (key == name) return value;
    return {};
  }
  static Request asked(const std::string& method, const std::string& path) {
    Request out;
    out.method = method;
    out.path = path;
    return out;
  }
  static Request signing_in(const std::string& to) {
    Request out = asked("GET", "/signin");
    out.query = {{"to", to}};
    return out;
  }
  // Signs somebody in as the edge does, and keeps their cookie.
  void sign_in(const std::string& login) {
    Request request = signing_in("/desk/kingsmead");
    request.vouched = {"https://id", "sub", login + "@school.example"};
    const Response response = send(request);
    ASSERT_EQ(response.status, 303) << response.body;
    EXPECT_EQ(header(response, "Location"), "/desk/kingsmead");
    const std::string set = header(response, "Set-Cookie");
    for (const char* needed : {"__Host-", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/;"})
      EXPECT_NE(set.find(needed), set.npos) << set;
    cookie = set.substr(0, set.find(';'));
    token = web::between(get("/desk/kingsmead/new").body, "name=\"token\" value=\"", "\"");
  }
  Response get(const std::string& path) {
    Request request = asked("GET", path);
    request.cookie = cookie;
    return send(request);
  }
  Response post(const std::string& path, const std::string& fields) {
    Request request = asked("POST", path);
    request.content_type = "application/x-www-form-urlencoded";
    request.cookie = cookie;
    if (!fields.empty()) request.body = "token=" + token + "&" + fields;
    return send(request);
  }
  Response order(const std::string& more = "") {
    return post("/desk/kingsmead/guests",
                "kind=visitor&name=Dr+A.+Okafor&why=science+week&host=r.ahmed" + more);
  }
  std::vector<GuestRow> all_guests() {
    GuestQuery all;
    all.school = 1;
    return store.guests.search(all).value();
  }
  std::string guest_path() {
    return "/desk/kingsmead/guests/" + to_text(all_guests().at(0).guest.id);
  }

  SignIn pages;
  RoleDesk roles;
  DeskServices services;
  Handler router;
  std::string cookie, token;
};

TEST_F(DeskRoutes, NobodyIsLetInUnsignedAndIsShownTheWay) {
  for (const char* path : {"/desk/kingsmead", "/desk/kingsmead/new", "/desk/kingsmead/guests/x"}) {
    const Response response = get(path);
    EXPECT_EQ(response.status, 401) << path;
    EXPECT_NE(response.body.find("/signin?to=/desk/kingsmead"), std::string::npos);
  }
  EXPECT_EQ(order().status, 401);
  cookie = "__Host-assent=forged";
  EXPECT_EQ(get("/desk/kingsmead").status, 401);
  EXPECT_EQ(get("/desk/nowhere").status, 404);
}

TEST_F(DeskRoutes, OnlyTheEdgesWordSignsIn) {
  Request request = signing_in("/desk/kingsmead");
  EXPECT_EQ(send(request).status, 403);
  request.vouched = {"https://elsewhere", "sub", "r.ahmed"};
  EXPECT_EQ(send(request).status, 403);
  request.vouched = {"https://id", "sub", "nobody"};
  EXPECT_EQ(send(request).status, 403);
  request.vouched = {"https://id", "sub", "r.ahmed"};
  for (const char* to : {"", "https://evil.example/", "//evil.example", "/desk/nowhere"}) {
    request.query = {{"to", to}};
    EXPECT_EQ(send(request).status, 404) << to;
  }
  request.query = {{"to", "/desk/kingsmead/..//evil"}};
  EXPECT_EQ(header(send(request), "Location"), "/desk/kingsmead");
}

TEST_F(DeskRoutes, ReceptionMakesAnAccountFromOneForm) {
  sign_in("r.ahmed");
  const Response made = order();
  ASSERT_EQ(made.status, 200) << web::text_of_html(made.body);
  const GuestRow row = all_guests().at(0);
  const std::string text = web::text_of_html(made.body);
  EXPECT_NE(text.find(row.guest.account), text.npos);
  EXPECT_NE(text.find("https://aup.school.example/portal/kingsmead"), text.npos);
  EXPECT_EQ(row.guest.name, "Dr A. Okafor");
  const std::string words = web::between(made.body, row.guest.account + "</dd>", "</dl>");
  const std::string passphrase = web::between(words, "slip__secret\">", "<");
  EXPECT_TRUE(enter(row.guest.account, passphrase)) << passphrase;
  EXPECT_EQ(get("/desk/kingsmead").body.find(passphrase), std::string::npos);
  EXPECT_EQ(get(guest_path()).body.find(passphrase), std::string::npos);
}

TEST_F(DeskRoutes, WhoeverIsSignedInIsTheHostWhereNobodyIsNamed) {
  sign_in("r.ahmed");
  EXPECT_EQ(post("/desk/kingsmead/guests", "kind=visitor&name=A&why=b&host=").status, 200);
  EXPECT_EQ(all_guests().at(0).guest.host, host.key);
}

TEST_F(DeskRoutes, OffersWhatTheirRolesMayDo) {
  sign_in("r.ahmed");
  const std::string offered = get("/desk/kingsmead/new").body;
  EXPECT_NE(offered.find("<option value=\"visitor\" selected>"), offered.npos);
  EXPECT_NE(offered.find("<option value=\"supply\">"), offered.npos);
  (void)person("cleaner", {{"role", "governor"}});
  sign_in("cleaner");
  EXPECT_EQ(get("/desk/kingsmead/new").body.find("<option value=\"visitor"), std::string::npos);
  EXPECT_EQ(order().status, 403);
}

TEST_F(DeskRoutes, AFaultKeepsWhatWasTyped) {
  sign_in("r.ahmed");
  for (const char* wrong : {"&until=25:00", "&until=never", "&until=2020-01-01"}) {
    const Response response = order(wrong);
    EXPECT_EQ(response.status, 400) << wrong;
    EXPECT_NE(response.body.find("value=\"Dr A. Okafor\""), std::string::npos);
    EXPECT_NE(response.body.find("role=\"alert\""), std::string::npos);
  }
  const Response many = post("/desk/kingsmead/guests", "kind=visitor&name=A&why=b&host=Name+of");
  EXPECT_EQ(many.status, 400);
  EXPECT_NE(many.body.find("<option value=\"j.lee\""), std::string::npos);
  EXPECT_TRUE(all_guests().empty());
}

// R14: a teacher asks, reception approves and issues.
TEST_F(DeskRoutes, ATeacherAsksAndReceptionIssues) {
  sign_in("j.lee");
  const Response asked = order();
  EXPECT_EQ(asked.status, 200);
  EXPECT_EQ(asked.body.find("slip__secret"), std::string::npos);
  const std::string path = guest_path();
  EXPECT_EQ(post(path, "do=approve").status, 403);
  EXPECT_EQ(post(path, "do=grant").status, 403);
  sign_in("r.ahmed");
  EXPECT_NE(get("/desk/kingsmead").body.find(path), std::string::npos);
  EXPECT_EQ(post(path, "do=approve").status, 303);
  EXPECT_NE(post(path, "do=grant").body.find("slip__secret"), std::string::npos);
}

// A21: nobody is let in by a link in a mail; who approves compares a code, signed in.
TEST_F(DeskRoutes, ASponsorLetsInWhomTheyCompareTheCodeWith) {
  const GuestId guest = ask("10.1.0.7", "Mrs Amed").value().guest;
  const std::string code = match_code(guest.bytes);
  EXPECT_EQ(get(guest_path()).status, 401);
  sign_in("j.lee");  // a teacher, and no sponsor
  EXPECT_EQ(post(guest_path(), "do=let-in").status, 403);
  sign_in("r.ahmed");
  const std::string waiting = web::text_of_html(get("/desk/kingsmead").body);
  for (const char* shown : {"Waiting for an answer: 1", "Mx B. Walker", "Mrs Amed", code.c_str()})
    EXPECT_NE(waiting.find(shown), waiting.npos) << shown;
  EXPECT_NE(get(guest_path()).body.find("Their screen shows " + code), std::string::npos);
  EXPECT_EQ(get(guest_path()).body.find("value=\"grant\""), std::string::npos);
  EXPECT_EQ(row(guest).guest.state, GuestState::Requested);  // looking approved nobody
  const std::string good = token;
  token = std::string(64, '0');
  EXPECT_EQ(post(guest_path(), "do=let-in").status, 403);
  token = good;
  EXPECT_EQ(post(guest_path(), "do=let-in").status, 200);
  EXPECT_EQ(row(guest).guest.state, GuestState::Issued);
  EXPECT_EQ(row(guest).guest.host, host.key);
}

TEST_F(DeskRoutes, AWishForMoreTimeIsAnsweredBesideItsGuest) {
  sign_in("r.ahmed");
  (void)order();
  const GuestId guest = all_guests().at(0).guest.id;
  const auto longer = [&] {
    return wait<GuestRow>([&](auto then) { asks.ask_longer(school(), guest, minutes{90}, then); });
  };
  ASSERT_TRUE(longer());
  for (const std::string& path : {std::string("/desk/kingsmead"), guest_path()})
    EXPECT_NE(get(path).body.find("Asks to stay until"), std::string::npos) << path;
  const std::string by = web::between(get(guest_path()).body, "name=\"by\" value=\"", "\"");
  EXPECT_EQ(by, "90m");
  EXPECT_EQ(post(guest_path(), "do=refuse-longer").status, 303);
  EXPECT_EQ(get(guest_path()).body.find("Asks to stay"), std::string::npos);
  EXPECT_EQ(post(guest_path(), "do=refuse-longer").status, 409);
  EXPECT_EQ(post(guest_path(), "do=extend&by=" + by).status, 303);
  EXPECT_EQ(row(guest).guest.extended, minutes{90});
}

TEST_F(DeskRoutes, EveryStepIsAForm) {
  sign_in("r.ahmed");
  (void)order();
  const std::string path = guest_path();
  EXPECT_EQ(post(path, "do=extend&by=1h").status, 303);
  EXPECT_EQ(post(path, "do=extend&by=1h").status, 403);
  EXPECT_EQ(post(path, "do=suspend&reason=").status, 400);
  EXPECT_EQ(post(path, "do=suspend&reason=unsafe+charger").status, 303);
  EXPECT_EQ(post(path, "do=resume").status, 303);
  EXPECT_NE(post(path, "do=secret").body.find("slip__secret"), std::string::npos);
  EXPECT_EQ(post(path, "do=revoke&reason=left+early").status, 303);
  EXPECT_EQ(post(path, "do=revoke&reason=again").status, 409);
  EXPECT_EQ(post(path, "do=explode").status, 400);
}

TEST_F(DeskRoutes, AnotherSitesFormDoesNothing) {
  sign_in("r.ahmed");
  const std::string good = token;
  for (const std::string& wrong :
       {std::string(), good.substr(1), good + "0", std::string(64, '0')}) {
    token = wrong;
    EXPECT_EQ(order().status, 403);
  }
  EXPECT_EQ(post("/desk/kingsmead/guests", "").status, 403);
  EXPECT_TRUE(all_guests().empty());
  token = good;
  EXPECT_EQ(post("/desk/kingsmead/guests", std::string(9000, 'a')).status, 403);
}

TEST_F(DeskRoutes, ASessionIsOfOneSchoolAndEnds) {
  sign_in("r.ahmed");
  EXPECT_EQ(get("/desk/oakfield").status, 401);
  (void)order();
  const std::string path = guest_path();
  clock.time += SignIn::kLife;
  EXPECT_EQ(get(path).status, 401);
  sign_in("r.ahmed");
  const Response out = post("/signout", "");
  EXPECT_NE(out.body.find("signed out"), std::string::npos);
  EXPECT_NE(header(out, "Set-Cookie").find("Max-Age=0"), std::string::npos);
}

TEST_F(DeskRoutes, NamesAreTextAndNothingElse) {
  sign_in("r.ahmed");
  (void)post("/desk/kingsmead/guests",
             "kind=visitor&why=b&name=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
  for (const std::string& path : {std::string("/desk/kingsmead"), guest_path()}) {
    const Response response = get(path);
    EXPECT_EQ(response.body.find("<script"), std::string::npos);
    EXPECT_NE(response.body.find("&lt;script&gt;"), std::string::npos);
    EXPECT_NE(header(response, "Content-Security-Policy").find("default-src 'none'"),
              std::string::npos);
  }
}

TEST_F(DeskRoutes, WhoHasARoleNamesTheirDeputyAndAnotherGrantsIt) {
  sign_in("r.ahmed");
  const std::string fields =
      "role=reception&person=j.lee&deputy_of=r.ahmed&until=2024-12-01&why=leave";
  ASSERT_EQ(post("/desk/kingsmead/roles", fields).status, 303);
  const std::string own = get("/desk/kingsmead/roles").body;
  EXPECT_EQ(own.find("value=\"grant\""), own.npos);
  EXPECT_NE(web::text_of_html(own).find("Somebody else has to grant this."), own.npos);
  const std::string path = "/desk/kingsmead/roles/" + to_text(registry->grants(1).at(0).id);
  EXPECT_EQ(post(path, "do=grant").status, 403);
  person("m.head", {{"role", "staff"}, {"group", "Office"}});
  sign_in("m.head");
  EXPECT_NE(get("/desk/kingsmead/roles").body.find("value=\"grant\""), std::string::npos);
  EXPECT_EQ(post(path, "do=grant").status, 303);
  sign_in("j.lee");
  EXPECT_EQ(order().status, 200);
  EXPECT_EQ(all_guests().at(0).guest.state, GuestState::Issued);
}

TEST_F(DeskRoutes, ARoleIsNotAskedForByWhoHasNoSayInItAndNothingIsTypedTwice) {
  sign_in("j.lee");
  const std::string offered = get("/desk/kingsmead/roles").body;
  EXPECT_NE(offered.find("<option value=\"teacher\""), offered.npos);  // which they have
  EXPECT_EQ(offered.find("<option value=\"reception\""), offered.npos);
  EXPECT_EQ(
      post("/desk/kingsmead/roles", "role=reception&person=j.lee&until=2024-12-01&why=x").status,
      403);
  sign_in("r.ahmed");
  const Response refused =
      post("/desk/kingsmead/roles", "role=reception&person=nobody&until=2024-12-01&why=x");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("value=\"nobody\""), std::string::npos);
  EXPECT_TRUE(registry->grants(1).empty());
}

TEST_F(DeskRoutes, LendsAnAccountToWhomeverIsNamedAndRemembersWhoHadIt) {
  sign_in("r.ahmed");
  const std::string home = web::text_of_html(get("/desk/kingsmead").body);
  EXPECT_NE(home.find("supply: 2 of 2 free"), home.npos) << home;
  const Response lent = post("/desk/kingsmead/lend", "kind=supply&name=Ms+Olga+Kade");
  ASSERT_EQ(lent.status, 200);
  EXPECT_NE(lent.body.find("supply01"), std::string::npos);
  const GuestRow first = all_guests().at(0);
  EXPECT_EQ(first.guest.name, "Ms Olga Kade");
  EXPECT_EQ(first.guest.host, host.key);
  ASSERT_EQ(post(guest_path(), "do=give-back").status, 303);
  const Response asked = post("/desk/kingsmead/lend", "kind=supply&name=kad");
  EXPECT_EQ(asked.status, 200);
  EXPECT_EQ(all_guests().size(), 1u);  // whom "kad" means is looked at first
  EXPECT_NE(asked.body.find("value=\"Ms Olga Kade\" autofocus"), std::string::npos);
  ASSERT_EQ(post("/desk/kingsmead/lend", "kind=supply&name=Ms+Olga+Kade&sure=1").status, 200);
  EXPECT_EQ(all_guests().at(0).guest.name, "Ms Olga Kade");
  ASSERT_EQ(post("/desk/kingsmead/lend", "kind=supply&name=kad&sure=1").status, 200);
  EXPECT_EQ(all_guests().at(0).guest.name, "kad");
  EXPECT_EQ(post("/desk/kingsmead/lend", "kind=supply&name=Mx+Third").status, 409);
  EXPECT_EQ(post("/desk/kingsmead/lend", "kind=visitor&name=Mx+Third").status, 404);
}

TEST_F(DeskRoutes, WhoMayNotIssueLendsNothing) {
  sign_in("j.lee");
  EXPECT_EQ(get("/desk/kingsmead").body.find("/lend"), std::string::npos);
  EXPECT_EQ(post("/desk/kingsmead/lend", "kind=supply&name=Ms+Olga+Kade").status, 403);
  EXPECT_TRUE(all_guests().empty());
}

}  // namespace
}  // namespace assent::http
