#pragma once
// What every gateway owes the portal. A program that has one includes this file, makes a
// GatewayWorld of it and instantiates PortalGatewayContract over its own.

#include <gtest/gtest.h>

#include <future>

#include "tests/contract/portal_gateway_world.h"

namespace assent::contract {

class PortalGatewayContract : public testing::TestWithParam<GatewayWorldKind> {
 protected:
  void SetUp() override { world_ = GetParam().make(); }
  PortalGateway& gateway() { return world_->gateway(); }
  Result<std::string> let_on(Time until) {
    const auto device = gateway().arrive(world_->brings(), kAt);
    EXPECT_TRUE(device) << device.error().message;
    const auto promise = std::make_shared<std::promise<Result<std::string>>>();
    gateway().let_on(*device, until,
                     [promise](Result<std::string> way) { promise->set_value(std::move(way)); });
    return promise->get_future().get();
  }
  static GuestSessionRow stay(const std::string& device = kDevice) {
    GuestSessionRow row;
    row.device = device;
    row.address = kAt;
    row.nas = "hall";
    return row;
  }

  std::unique_ptr<GatewayWorld> world_;
};

TEST_P(PortalGatewayContract, NamesTheDeviceThatABrowserCameFrom) {
  const auto device = gateway().arrive(world_->brings(), kAt);
  ASSERT_TRUE(device) << device.error().message;
  EXPECT_EQ(device->address, kAt);
  EXPECT_EQ(device->hardware, kDevice);
  EXPECT_EQ(device->gateway, "hall");
}

TEST_P(PortalGatewayContract, BelievesNothingThatIsNotThere) {
  Brought nothing;
  EXPECT_EQ(gateway().arrive(nothing, kAt).error().code, Code::Invalid);
  for (std::size_t i = 0; i < world_->brings().size(); ++i) {
    Brought odd = world_->brings();
    odd[i].second = "\"><script>";
    const auto device = gateway().arrive(odd, kAt);
    EXPECT_TRUE(!device || device->hardware == kDevice) << odd[i].first;
  }
}

TEST_P(PortalGatewayContract, LetsTheDeviceOn) {
  EXPECT_FALSE(world_->is_on(kDevice));
  const auto way = let_on(world_->now() + hours{1});
  ASSERT_TRUE(way) << way.error().message;
  world_->settle(*way);
  EXPECT_TRUE(world_->is_on(kDevice));
  EXPECT_FALSE(gateway().is_opening(kDevice));
}

TEST_P(PortalGatewayContract, LetsNobodyOnForNoTime) {
  EXPECT_EQ(let_on(world_->now() + seconds{30}).error().code, Code::Denied);
  EXPECT_EQ(let_on(world_->now() - hours{1}).error().code, Code::Denied);
  world_->settle("");
  EXPECT_FALSE(world_->is_on(kDevice));
}

TEST_P(PortalGatewayContract, LetsOnAgainWhoIsOn) {
  world_->settle(let_on(world_->now() + hours{1}).value());
  const auto way = let_on(world_->now() + hours{2});
  ASSERT_TRUE(way) << way.error().message;
  world_->settle(*way);
  EXPECT_TRUE(world_->is_on(kDevice));
}

TEST_P(PortalGatewayContract, CutsWhoIsOn) {
  world_->settle(let_on(world_->now() + hours{1}).value());
  const auto cut = gateway().cut(stay(), "revoked", world_->now());
  if (!world_->cuts()) {
    EXPECT_EQ(cut.error().code, Code::Denied);
    return;
  }
  ASSERT_TRUE(cut) << cut.error().message;
  world_->settle("");
  EXPECT_FALSE(world_->is_on(kDevice));
}

TEST_P(PortalGatewayContract, CutsWhoIsNotThereWithoutAFuss) {
  const auto cut = gateway().cut(stay("02-00-00-00-00-99"), "revoked", world_->now());
  EXPECT_TRUE(cut || cut.error().code == Code::NotFound) << cut.error().message;
  world_->settle("");
  EXPECT_FALSE(world_->is_on("02-00-00-00-00-99"));
}

}  // namespace assent::contract
