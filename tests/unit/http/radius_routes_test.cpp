// What FreeRADIUS hears, byte for byte: nothing of a refusal's reason (issue 4, faults).
#include "service/http/radius_routes.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/unit/app/radius_rig.h"

namespace assent::http {
namespace {

struct RadiusRoutes : testing::Test, RadiusRig {
  Response call(const std::string& path, const std::string& body,
                const std::string& authorization = "Bearer s3cret") {
    Request request;
    request.method = path == "/healthz" ? "GET" : "POST";
    request.path = path;
    request.body = body;
    request.authorization = authorization;
    const auto promise = std::make_shared<std::promise<Response>>();
    router(request, [promise](Response response) { promise->set_value(std::move(response)); });
    return promise->get_future().get();
  }
  static std::string json(const std::vector<std::pair<std::string, std::string>>& attributes) {
    Object out;
    for (const auto& [name, value] : attributes)
      out.emplace_back(name, Object{{"type", "string"}, {"value", Array{value}}});
    return to_json(out);
  }
  static std::string login(const std::string& user, const std::string& password,
                           const std::string& nas = "ap-hall") {
    return json({{"User-Name", user},
                 {"User-Password", password},
                 {"NAS-Identifier", nas},
                 {"Calling-Station-Id", "02:00:00:00:00:01"}});
  }
  Response enter(const IssuedGuest& guest) {
    return call("/radius/v1/authenticate", login(guest.row.guest.account, guest.passphrase));
  }

  Handler router = make_router(radius_routes({network, stays, "s3cret"}));
};

TEST_F(RadiusRoutes, AGuestIsLetIn) {
  const Response yes = enter(online_guest());
  EXPECT_EQ(yes.status, 200);
  EXPECT_TRUE(parse_json(yes.body)->find("reply:Session-Timeout"));
}

TEST_F(RadiusRoutes, EveryNoIsTheSame) {
  const IssuedGuest here = online_guest(), gone = issue();
  (void)take(gone.row.guest.id, GuestStep::What::Revoke, ict).value();
  const std::string path = "/radius/v1/authenticate", account = here.row.guest.account;
  const Response wrong = call(path, login(account, gone.passphrase));
  EXPECT_EQ(wrong.status, 401);
  for (const std::string& body :
       {login("v-nobody-000", here.passphrase), login(gone.row.guest.account, gone.passphrase),
        login(account, here.passphrase, "ap-unknown"), login(account, ""), login("", ""), json({}),
        std::string(), std::string("{"), std::string("\xff"), std::string("[]")}) {
    const Response no = call(path, body);
    EXPECT_EQ(no.status, wrong.status) << body;
    EXPECT_EQ(no.body, wrong.body) << body;
  }
}

// Where MSCHAPv2 is off.
TEST_F(RadiusRoutes, ANameAloneTellsNothing) {
  for (const auto& [path, no] :
       {std::pair("/radius/v1/authorize", 401), {"/radius/v1/post-auth", 204}}) {
    const Response known = call(path, login(online_guest().row.guest.account, ""));
    const Response unknown = call(path, login("v-nobody-000", ""));
    EXPECT_EQ(known.status, no);
    EXPECT_EQ(known.body, unknown.body);
  }
}

TEST_F(RadiusRoutes, Mschapv2IsOfferedAHashAndHearsTheVerdict) {
  const NtSecrets nt{guest_key, random};
  const GuestNetwork with{{nases, door, tries, *online, guest_key, clock, random, &nt}};
  router = make_router(radius_routes({with, stays, "s3cret"}));
  const std::string name = login("v-nobody-000", "");
  const Response offer = call("/radius/v1/authorize", name);
  EXPECT_EQ(offer.status, 200);
  const Value told = parse_json(offer.body).value();
  EXPECT_EQ(told.find("control:NT-Password")->find("value")->text()->size(), 34u);
  EXPECT_FALSE(*told.find("control:NT-Password")->find("do_xlat")->boolean());
  EXPECT_EQ(call("/radius/v1/post-auth", name).status, 204);
  EXPECT_EQ(call("/radius/v1/post-auth", "{").status, 204);
  EXPECT_EQ(call("/radius/v1/authorize", "{").status, 401);
}

TEST_F(RadiusRoutes, NobodyElseMayAsk) {
  for (const char* path : {"authorize", "authenticate", "accounting", "post-auth"})
    for (const char* proof : {"", "Bearer ", "Bearer s3cre", "Bearer s3cret2", "Basic czNjcmV0"})
      EXPECT_EQ(call(std::string("/radius/v1/") + path, "{}", proof).status, 403) << path << proof;
  EXPECT_EQ(call("/healthz", "", "").status, 200);
}

TEST_F(RadiusRoutes, AReportIsTakenWhateverItSays) {
  for (const std::string& body : {std::string(), std::string("{"), json({}),
                                  json({{"Acct-Status-Type", "Start"}, {"Class", "0x00"}})})
    EXPECT_EQ(call("/radius/v1/accounting", body).status, 204) << body;
}

TEST_F(RadiusRoutes, AReportOfWhoMayNotBeThereIsAnsweredWithTheEnd) {
  const IssuedGuest guest = online_guest();
  const std::string sealed = log_in(guest);
  const auto said = [&] {
    return call("/radius/v1/accounting", json({{"Acct-Status-Type", "Interim-Update"},
                                               {"Acct-Session-Id", "A1"},
                                               {"NAS-Identifier", "ap-hall"},
                                               {"Class", "0x" + to_hex(bytes_of(sealed))}}));
  };
  EXPECT_EQ(said().status, 204);
  (void)take(guest.row.guest.id, GuestStep::What::Revoke, ict).value();
  EXPECT_EQ(said().status, 200);
  EXPECT_EQ(said().body, R"({"control:Tmp-Integer-0":{"do_xlat":false,"value":"1"}})");
}

}  // namespace
}  // namespace assent::http
