#include "core/base/number.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace assent {
namespace {

TEST(WholeNumber, IsAllOfTheText) {
  EXPECT_EQ(whole_number<unsigned>("0"), 0u);
  EXPECT_EQ(whole_number<unsigned>("007"), 7u);
  EXPECT_EQ(whole_number<std::uint64_t>("18446744073709551615"), UINT64_MAX);
  for (const char* text : {"", " 1", "1 ", "1x", "+1", "0x1", "1e3", "1.0", "-1", "-"})
    EXPECT_FALSE(whole_number<unsigned>(text)) << text;
}

TEST(WholeNumber, IsNothingWhenItDoesNotFit) {
  EXPECT_EQ(whole_number<std::uint8_t>("255"), 255);
  EXPECT_FALSE(whole_number<std::uint8_t>("256"));
  EXPECT_FALSE(whole_number<std::uint64_t>("18446744073709551616"));
}

TEST(WholeNumber, MayBeNegativeWhereItsTypeIs) {
  EXPECT_EQ(whole_number<std::int64_t>("-9223372036854775808"), INT64_MIN);
  EXPECT_FALSE(whole_number<std::int64_t>("--1"));
}

}  // namespace
}  // namespace assent
