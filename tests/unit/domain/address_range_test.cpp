#include "service/domain/address_range.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

bool is_in(const std::string& range, const std::string& address) {
  return parse_address_range(range).value().contains(address);
}

TEST(AddressRange, HasWhatItsLengthSays) {
  EXPECT_TRUE(is_in("10.20.0.0/16", "10.20.0.0") && is_in("10.20.0.0/16", "10.20.255.255"));
  EXPECT_FALSE(is_in("10.20.0.0/16", "10.21.0.0") || is_in("10.20.0.0/16", "10.19.255.255"));
  EXPECT_TRUE(is_in("10.20.0.128/25", "10.20.0.200") && !is_in("10.20.0.128/25", "10.20.0.100"));
  EXPECT_TRUE(is_in("0.0.0.0/0", "203.0.113.9") && !is_in("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(is_in("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(is_in("2001:db8::/33", "2001:db8:8000::1"));
}

TEST(AddressRange, OneAddressIsARange) {
  EXPECT_TRUE(is_in("10.20.0.5", "10.20.0.5") && !is_in("10.20.0.5", "10.20.0.6"));
  EXPECT_TRUE(is_in("10.20.0.5", "::ffff:10.20.0.5"));
  EXPECT_FALSE(is_in("10.20.0.5", "") || is_in("::/0", "no address"));
}

TEST(AddressRange, SaysWhetherItIsEverybody) {
  for (const char* all : {"0.0.0.0/0", "::/0"})
    EXPECT_TRUE(parse_address_range(all).value().is_everybody()) << all;
  for (const char* some : {"10.0.0.0/8", "0.0.0.0/1", "fd00::/8", "0.0.0.0"})
    EXPECT_FALSE(parse_address_range(some).value().is_everybody()) << some;
}

TEST(AddressRange, RefusesWhatIsNone) {
  for (const char* text :
       {"", "/8", "10.20.0.0/", "10.20.0.0/33", "10.20.0.0/-1", "10.20.0.0/1x", "10.20.0.1/16",
        "10.20/16", "2001:db8::/129", "2001:db8::1/64", "hall.test/8", "10.20.0.0/0016"})
    EXPECT_FALSE(parse_address_range(text)) << text;
}

}  // namespace
}  // namespace assent
