// What openNDS gives browsers is read as a stranger's: its encryption proves nothing.
#include "service/gateway/fas_query.h"

#include <gtest/gtest.h>

#include "tests/unit/gateway/fas_vectors.h"

namespace assent::gateway {
namespace {

TEST(FasQuery, ReadsWhatOpenNdsMade) {
  const auto read = read_fas(kFasGood, kFasIv, kFasKey);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->hid, kFasHid);
  EXPECT_EQ(read->address, "10.97.0.73");
  EXPECT_EQ(read->device, "02-00-00-00-00-21");
  EXPECT_EQ(read->gateway, "hall");
}

TEST(FasQuery, RefusesWhatOpenNdsWouldNotMake) {
  for (const std::string_view each :
       {kFasNoMac, kFasShortHid, kFasNoAddress, kFasOtherOrder, kFasControl})
    EXPECT_EQ(read_fas(each, kFasIv, kFasKey).error().code, Code::Invalid);
  for (const std::string_view each : {"", "AAAA", "not base64", "S2VQ"})
    EXPECT_FALSE(read_fas(each, kFasIv, kFasKey));
}

TEST(FasQuery, RefusesAnotherKeyAndAnOddVector) {
  EXPECT_FALSE(read_fas(kFasGood, kFasIv, "anotherKey123456"));
  for (const std::string_view iv : {"", "0123456789abcde", "0123456789ABCDEF", "fedcba9876543210"})
    EXPECT_FALSE(read_fas(kFasGood, iv, kFasKey)) << iv;
}

// AES-CBC can be changed by who does not know the key: none of it may become another device.
TEST(FasQuery, AChangedLetterNeverNamesAnotherDevice) {
  const auto good = read_fas(kFasGood, kFasIv, kFasKey);
  for (std::size_t at = 0; at < kFasGood.size(); ++at)
    for (const char to : {'A', 'z', '7'}) {
      std::string changed{kFasGood};
      changed[at] = to;
      const auto read = read_fas(changed, kFasIv, kFasKey);
      if (!read) continue;
      EXPECT_EQ(read->device, good->device) << at;
      EXPECT_EQ(read->address, good->address) << at;
      EXPECT_EQ(read->gateway, good->gateway) << at;
    }
}

TEST(FasQuery, KeysAreLettersAndDigits) {
  EXPECT_TRUE(is_fas_key("k3yForAssent1234"));
  for (const std::string_view key :
       {"", "short", "k3yForAssent123 ", "k3yForAssent123$", "k3yForAssent1234k3yForAssent12345"})
    EXPECT_FALSE(is_fas_key(key)) << key;
}

}  // namespace
}  // namespace assent::gateway
