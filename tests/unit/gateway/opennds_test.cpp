// An openNDS gateway as its own programs speak: authmon, binauth_log.sh and assent-cut.
#include "service/gateway/opennds.h"

#include "tests/unit/gateway/opennds_programs.h"

namespace assent::gateway {
namespace {

class OpenNdsTest : public testing::Test, public Programs {
 protected:
  PortalDevice device(const std::string& hardware = contract::kDevice) const {
    return {contract::kAt, hardware, "hall", std::string{kFasHid}};
  }
  Status let_on(Time until, const std::string& hardware = contract::kDevice) {
    Status out;
    gateway.let_on(device(hardware), until, [&](const Result<std::string>& way) {
      if (!way) out = fail(way.error());
    });
    return out;
  }
  static GuestSessionRow stay(const std::string& hardware = contract::kDevice) {
    GuestSessionRow row;
    row.device = hardware;
    return row;
  }
};

TEST_F(OpenNdsTest, TellsAuthmonTheTokenAndWholeMinutesBeforeTheEnd) {
  ASSERT_TRUE(let_on(clock.time + minutes{30} + seconds{19}));
  EXPECT_TRUE(gateway.is_opening(contract::kDevice));
  const std::string token = to_hex(sha256(std::string{kFasHid} + std::string{kFasKey}));
  EXPECT_EQ(post("view", "none"), "* " + token + "%2029");  // and 20 s for it to notice
  clock.time += seconds{30};
  EXPECT_EQ(post("view", "none"), "* " + token + "%2029");
  clock.time += seconds{30};
  EXPECT_EQ(post("view", "none"), "* " + token + "%2028");
  EXPECT_EQ(post("view", "* " + token), "ack");
  EXPECT_EQ(post("view", "none"), "*");
  EXPECT_FALSE(gateway.is_opening(contract::kDevice));
}

TEST_F(OpenNdsTest, AnswersOnlyTheGatewaysOwnAddresses) {
  const Brought asks{{"auth_get", "view"}, {"payload", to_base64(bytes_of("none"))}};
  EXPECT_EQ(gateway.hear(asks, contract::kAt).error().code, Code::Denied);
  EXPECT_EQ(gateway.hear(asks, "").error().code, Code::Denied);
  EXPECT_TRUE(gateway.hear(asks, "10.96.0.1"));
  EXPECT_EQ(gateway.hear({{"payload", "!"}}, kGatewayAt).error().code, Code::Invalid);
}

TEST_F(OpenNdsTest, NothingInAnAnswerMeansAnythingToAShell) {
  for (int i = 0; i < 30; ++i)
    ASSERT_TRUE(let_on(clock.time + hours{1}, "02-00-00-00-01-" + std::to_string(10 + i)));
  const std::string list = post("view", "none");
  EXPECT_LE(list.size(), 1024u);  // more is cut off by authmon, in the middle of a number
  EXPECT_EQ(list.find_first_not_of("* %0123456789abcdef"), std::string::npos) << list;
}

TEST_F(OpenNdsTest, GivesUpOnWhomItIsNotLettingOn) {
  ASSERT_TRUE(let_on(clock.time + hours{1}));
  clock.time += OpenNds::kTakesAtMost + seconds{1};
  EXPECT_EQ(post("view", "none"), "*");
  EXPECT_EQ(gone, std::vector<std::string>{contract::kDevice + " not-let-on"});
}

TEST_F(OpenNdsTest, CutsByTheGatewaysOwnHand) {
  EXPECT_FALSE(gateway.cut(stay(), "revoked", clock.time).value());
  EXPECT_EQ(post("custom", "assent-cut"), "02:00:00:00:00:21");
  EXPECT_EQ(post("custom", "assent-cut"), "02:00:00:00:00:21");  // until it says that it did
  EXPECT_EQ(post("custom", "assent-cut 02:00:00:00:00:21"), "");
  EXPECT_EQ(gone, std::vector<std::string>{contract::kDevice + " revoked"});
  EXPECT_EQ(post("custom", "assent-cut 02:00:00:00:00:21"), "");  // twice is once
  EXPECT_EQ(gone.size(), 1u);
}

TEST_F(OpenNdsTest, WhoWasNeverLetOnNeedsNoCut) {
  ASSERT_TRUE(let_on(clock.time + hours{1}));
  EXPECT_TRUE(gateway.cut(stay(), "revoked", clock.time).value());
  EXPECT_EQ(post("view", "none"), "*");
}

TEST_F(OpenNdsTest, WhoIsLetOnAgainIsNotCutAnyMore) {
  (void)gateway.cut(stay(), "user-request", clock.time);
  ASSERT_TRUE(let_on(clock.time + hours{1}));
  EXPECT_EQ(post("custom", "assent-cut"), "");
}

TEST_F(OpenNdsTest, HearsWhoIsGoneAndWhy) {
  const std::string said = "method=idle_deauth, clientmac=02:00:00:00:00:21, bytes_incoming=1";
  EXPECT_EQ(post("deauthed", said), "ack");
  (void)gateway.cut(stay(), "revoked", clock.time);
  EXPECT_EQ(post("deauthed", "method=ndsctl_deauth, clientmac=02:00:00:00:00:21"), "ack");
  EXPECT_EQ(post("deauthed", "method=ndsctl_deauth, clientmac=$(reboot)"), "ack");
  EXPECT_EQ(post("clear", "none"), "ack");
  EXPECT_EQ(gone, (std::vector<std::string>{contract::kDevice + " idle-timeout",
                                            contract::kDevice + " revoked", " nas-reboot"}));
}

TEST_F(OpenNdsTest, WhoComesBeforeAuthmonBeginsStillWaits) {
  ASSERT_TRUE(let_on(clock.time + hours{1}));
  EXPECT_EQ(post("clear", "none"), "ack");
  EXPECT_TRUE(gateway.is_opening(contract::kDevice));
  EXPECT_NE(post("view", "none"), "*");
}

TEST_F(OpenNdsTest, RefusesEveryOtherLevelAndSaysWhatToDo) {
  for (const Brought& query :
       {Brought{{"fas", "aGlkPQ=="}},                                                  // level 1
        Brought{{"clientip", contract::kAt}, {"gatewayname", "hall"}, {"tok", "1"}}})  // 0, 4
    EXPECT_NE(gateway.arrive(query, contract::kAt).error().message.find("fas_secure_enabled"),
              std::string::npos);
}

TEST_F(OpenNdsTest, RefusesAnotherGatewaysWordAndAnotherDevicesPage) {
  for (const std::string_view each : {kFasOtherGateway, kFasSuffix})
    EXPECT_NE(gateway.arrive(fas_query(each), contract::kAt).error().message.find("GatewayName"),
              std::string::npos);
  EXPECT_EQ(gateway.arrive(fas_query(), "10.97.0.99").error().code, Code::Denied);  // A20
}

}  // namespace
}  // namespace assent::gateway
