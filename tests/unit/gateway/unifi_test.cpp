// UniFi's controller, as a server on the loopback that answers as the integration API does.
#include "service/gateway/unifi.h"

#include <gtest/gtest.h>

#include <future>

#include "tests/unit/gateway/unifi_controller.h"

namespace assent::gateway {
namespace {

struct UniFiTest : ::testing::Test {
  Result<std::string> let_on(Time until, UniFi& of) {
    const auto promise = std::make_shared<std::promise<Result<std::string>>>();
    of.let_on({contract::kAt, contract::kDevice, "hall", ""}, until,
              [promise](Result<std::string> way) { promise->set_value(std::move(way)); });
    return promise->get_future().get();
  }
  Result<std::string> let_on(Time until) { return let_on(until, *gateway); }

  support::DeskClock clock;
  Controller controller;
  std::shared_ptr<UniFi> gateway = UniFi::make(unifi_hall(controller.url()), "key", clock).value();
};

TEST_F(UniFiTest, AsksForWholeMinutesBeforeTheEnd) {
  ASSERT_TRUE(let_on(clock.time + minutes{30} + seconds{59}));
  EXPECT_EQ(controller.minutes_left(), 30);
}

TEST_F(UniFiTest, LetsNobodyOnForLongerThanADay) {
  ASSERT_TRUE(let_on(clock.time + days{5}));
  EXPECT_EQ(controller.minutes_left(), 24 * 60);
}

TEST_F(UniFiTest, ADeviceThatIsAwayIsCutWhenItComesBack) {
  GuestSessionRow stay;
  stay.device = "02-00-00-00-00-99";
  stay.seen = clock.time;
  EXPECT_FALSE(gateway->cut(stay, "revoked", clock.time).value());
  EXPECT_FALSE(gateway->cut(stay, "revoked", clock.time + hours{23}).value());
  EXPECT_TRUE(gateway->cut(stay, "revoked", clock.time + hours{24}).value());
}

TEST_F(UniFiTest, LetsOnOnlyTheDeviceThatThePageIsOpenOn) {  // A20
  controller.set("10.97.0.99");
  EXPECT_EQ(let_on(clock.time + hours{1}).error().code, Code::Denied);
  controller.set("");
  EXPECT_EQ(let_on(clock.time + hours{1}).error().code, Code::Unavailable);
  EXPECT_EQ(controller.minutes_left(), 0);
}

TEST_F(UniFiTest, AControllerThatFailsIsNoYes) {
  for (const int status : {401, 403, 429, 500, 302}) {
    controller.set(contract::kAt, status);
    EXPECT_EQ(let_on(clock.time + hours{1}).error().code, Code::Unavailable) << status;
  }
  const auto wrong = UniFi::make(unifi_hall(controller.url()), "another key", clock).value();
  controller.set(contract::kAt);
  EXPECT_EQ(let_on(clock.time + hours{1}, *wrong).error().code, Code::Unavailable);
}

TEST_F(UniFiTest, WhoWaitsWhenItStopsIsTold) {
  gateway->stop();
  EXPECT_EQ(let_on(clock.time + hours{1}).error().code, Code::Unavailable);
}

}  // namespace
}  // namespace assent::gateway
