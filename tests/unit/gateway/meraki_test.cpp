// Meraki's splash page: what its browsers bring, and where they are sent.
#include <gtest/gtest.h>

#include "tests/unit/gateway/meraki_splash.h"

namespace assent::gateway {
namespace {

struct MerakiTest : testing::Test {
  support::DeskClock clock;
  Meraki gateway{meraki_hall(), "https://aup.test/portal/kingsmead", clock};
};

TEST_F(MerakiTest, SendsTheBrowserToItsGrantForTheSecondsThatAreLeft) {
  const PortalDevice device = gateway.arrive(splash_query(), contract::kAt).value();
  std::string to;
  gateway.let_on(device, clock.time + hours{1} + milliseconds{999},
                 [&](const Result<std::string>& way) { to = *way; });
  EXPECT_EQ(to, kGrant + "?duration=3600&continue_url=https%3A%2F%2Faup.test%2Fportal%2Fkingsmead");
}

TEST_F(MerakiTest, SendsNobodyAnywhereElse) {
  for (const char* grant :
       {"http://n143.network-auth.com/splash/grant", "https://evil.test/splash/grant",
        "https://evilnetwork-auth.com/grant", "https://network-auth.com.evil.test/grant",
        "https://network-auth.com@evil.test/grant", "https://evil.test/.network-auth.com/grant",
        "https://n1.network-auth.com:444/grant", "https://n1.network-auth.com",
        "https://n1.network-auth.com/grant?x=1", "https://n1.network-auth.com/grant#x",
        "https://n1.network-auth.com/\"><a", "https://n1 .network-auth.com/grant",
        "javascript:alert(1)", ""})
    EXPECT_FALSE(gateway.arrive(splash_query(grant), contract::kAt)) << grant;
  EXPECT_TRUE(gateway.arrive(splash_query("https://network-auth.com/splash/grant"), contract::kAt));
}

TEST_F(MerakiTest, RefusesAPageOfAnotherAddress) {
  EXPECT_EQ(gateway.arrive(splash_query(), "10.97.0.99").error().code, Code::Denied);
}

TEST_F(MerakiTest, AStayIsOverAtTheEndThatMerakiKnows) {
  const PortalDevice device = gateway.arrive(splash_query(), contract::kAt).value();
  gateway.let_on(device, clock.time + hours{1}, [](const Result<std::string>&) {});
  GuestSessionRow stay;
  stay.device = contract::kDevice;
  EXPECT_EQ(gateway.cut(stay, "revoked", clock.time).error().code, Code::Denied);
  EXPECT_TRUE(gateway.cut(stay, "revoked", clock.time + hours{1}).value());
}

}  // namespace
}  // namespace assent::gateway
