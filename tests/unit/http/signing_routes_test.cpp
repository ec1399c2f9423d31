// The signing page as a browser meets it: who is let in, and what no form can do.

#include "service/http/signing_routes.h"

#include <gtest/gtest.h>

#include "service/http/desk_routes.h"
#include "service/http/request_reader.h"
#include "tests/support/guest_rig.h"
#include "tests/unit/web/page_text.h"

namespace assent::http {
namespace {

struct SigningRoutes : testing::Test, GuestRig {
  SigningRoutes()
      : pages({*registry, store.people, access_key, clock, random, {"https://id", "login"}}),
        signing({*registry, gate, store.standings, ticket_key}),
        passwords({pages, access_key, tries, clock, {}}),
        role_desk({*registry, store.people, *writer, clock, random}),
        router(make_router(routes())) {
    publish("student", 1);
    student("amira");
  }

  std::vector<Route> routes() {
    auto all = signing_routes({pages, passwords, lanes, signing, *registry, calendar});
    const DeskServices desk_services{
        pages,        desk,      role_desk, store.guests, store.guest_sessions,
        store.people, *registry, calendar,  clock,        ""};
    for (Route& route : sign_in_routes(desk_services)) all.push_back(std::move(route));
    return all;
  }
  Response send(Request request) {
    request.cookie = cookie;
    const auto promise = std::make_shared<std::promise<Response>>();
    router(request, [promise](Response response) { promise->set_value(std::move(response)); });
    return promise->get_future().get();
  }
  Response ask(const std::string& path, const Named& query = {}) {
    Request request;
    request.method = "GET";
    request.path = path;
    request.query = query;
    return send(std::move(request));
  }
  Response post(const std::string& path, const std::string& body) {
    Request request;
    request.method = "POST";
    request.path = path;
    request.content_type = "application/x-www-form-urlencoded";
    request.body = body;
    return send(std::move(request));
  }
  void sign_in(const std::string& login) {
    Request request;
    request.method = "GET";
    request.path = "/signin";
    request.query = {{"to", "/sign/kingsmead"}};
    request.vouched = {"https://id", "sub", login};
    const Response response = send(request);
    ASSERT_EQ(response.status, 303) << response.body;
    for (const auto& [name, value] : response.headers) {
      if (name == "Location") {
        EXPECT_EQ(value, "/sign/kingsmead");
      }
      if (name != "Set-Cookie") continue;
      EXPECT_NE(value.find("; Max-Age=3600;"), value.npos) << value;
      cookie = value.substr(0, value.find(';'));
    }
  }
  static std::string field(const Response& page, const std::string& name) {
    return web::between(page.body, "name=\"" + name + "\" value=\"", "\"");
  }
  static std::string form(const Response& page, const std::string& token) {
    return "token=" + token + "&ticket=" + field(page, "ticket") +
           "&shown=" + field(page, "shown") + "&say=yes";
  }

  SignIn pages;
  Signing signing;
  TryLimiter tries;
  PasswordSignIn passwords;
  RoleDesk role_desk;
  std::map<SchoolKey, std::unique_ptr<SlowLane>> lanes;
  Handler router;
  std::string cookie;
};

TEST_F(SigningRoutes, NobodyIsShownAnythingUnsigned) {
  const Response page = ask("/sign/kingsmead");
  EXPECT_EQ(page.status, 401);
  EXPECT_NE(page.body.find("/signin?to=/sign/kingsmead"), page.body.npos);
  EXPECT_EQ(post("/sign/kingsmead", "say=yes").status, 401);
  EXPECT_EQ(ask("/sign/nowhere").status, 404);
  sign_in("amira");
  EXPECT_EQ(ask("/sign/oakfield").status, 401);
}

TEST_F(SigningRoutes, WhatIsOnThePageIsSignedByItsOwnForm) {
  sign_in("amira");
  const Response page = ask("/sign/kingsmead");
  ASSERT_EQ(page.status, 200) << page.body;
  const std::uint64_t before = records();
  const Response said = post("/sign/kingsmead", form(page, field(page, "token")));
  EXPECT_EQ(said.status, 200) << said.body;
  EXPECT_EQ(records(), before + 1);
  EXPECT_NE(said.body.find(">" + std::to_string(before) + "<"), said.body.npos);
  EXPECT_EQ(field(ask("/sign/kingsmead"), "ticket"), "");
}

TEST_F(SigningRoutes, AFormOfAnotherSiteOrSessionChangesNothing) {
  sign_in("amira");
  const Response page = ask("/sign/kingsmead");
  const std::uint64_t before = records();
  for (const std::string& token : {std::string(), std::string(64, 'f')})
    EXPECT_EQ(post("/sign/kingsmead", form(page, token)).status, 403);
  EXPECT_EQ(post("/sign/kingsmead", "say=maybe&token=" + field(page, "token")).status, 400);
  sign_in("amira");
  EXPECT_EQ(post("/sign/kingsmead", form(page, field(page, "token"))).status, 403);
  EXPECT_EQ(records(), before);
}

TEST_F(SigningRoutes, SpeaksTheLanguageThatIsChosen) {
  sign_in("amira");
  EXPECT_NE(ask("/sign/kingsmead", {{"language", "cy"}}).body.find("Eich rheolau"),
            std::string::npos);
}

TEST_F(SigningRoutes, SigningOutLeadsBackToSigningNotToTheDesk) {
  sign_in("amira");
  const Response page = post("/signout", "to=%2Fsign%2Fkingsmead");
  EXPECT_NE(page.body.find("/signin?to=/sign/kingsmead"), page.body.npos) << page.body;
  EXPECT_EQ(post("/signout", "to=https://evil.example/").body.find("evil"), std::string::npos);
}

}  // namespace
}  // namespace assent::http
