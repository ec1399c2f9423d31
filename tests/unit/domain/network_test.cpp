// Who is on the school's site, by address.
#include "service/domain/network.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

bool holds(const std::string& network, const std::string& address) {
  return is_within({parse_network(network).value()}, address);
}

TEST(Networks, HoldWhatIsWithinThem) {
  EXPECT_TRUE(holds("10.20.0.0/16", "10.20.255.1"));
  EXPECT_FALSE(holds("10.20.0.0/16", "10.21.0.1"));
  EXPECT_TRUE(holds("10.20.0.0/15", "10.21.0.1"));
  EXPECT_TRUE(holds("192.168.7.9/32", "192.168.7.9"));
  EXPECT_FALSE(holds("192.168.7.9/32", "192.168.7.8"));
  EXPECT_TRUE(holds("fd00:1::/32", "fd00:1:2::3"));
  EXPECT_FALSE(holds("fd00:1::/32", "fd00:2::3"));
}

TEST(Networks, KnowAnAddressInItsOtherSpelling) {
  EXPECT_TRUE(holds("10.20.0.0/16", "::ffff:10.20.1.2"));
  EXPECT_TRUE(holds("fd00:1::/32", "FD00:0001:0::1"));
}

TEST(Networks, HoldNothingThatIsNoAddress) {
  for (const char* text : {"", "10.20.1", "10.20.1.2 ", "localhost", "10.20.1.2/16"})
    EXPECT_FALSE(holds("10.20.0.0/16", text)) << text;
}

TEST(Networks, RefuseWhatIsNone) {
  for (const char* text :
       {"", "10.20.0.0", "10.20.0.0/33", "10.20.0.0/", "10.20.0.0/x", "fd00::/129", "10.20.0.1/16",
        "0.0.0.0/0", "::/0", "10.20.0.0/16 ", "10.20.0.0/-1"})
    EXPECT_FALSE(parse_network(text)) << text;
}

}  // namespace
}  // namespace assent
