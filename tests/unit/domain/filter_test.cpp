// How long a filter takes to see a change, and what is told to who waits for it.
#include "service/domain/filter.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

using Kind = FilterDelay::Kind;

TEST(FilterDelay, IsReadAsItIsWritten) {
  struct Row {
    std::string text;
    FilterDelay delay;
  };
  for (const Row& row :
       {Row{"15m", {Kind::Within, minutes{15}}}, Row{"2h", {Kind::Within, minutes{120}}},
        Row{"1440m", {Kind::Within, minutes{1440}}}, Row{"at next login", {Kind::AtNextLogin, {}}},
        Row{"nightly", {Kind::Nightly, {}}}, Row{"unknown", {}}}) {
    const auto read = parse_filter_delay(row.text);
    ASSERT_TRUE(read) << row.text;
    EXPECT_EQ(*read, row.delay) << row.text;
    EXPECT_EQ(parse_filter_delay(to_text(*read)).value(), row.delay);
  }
  for (const char* text : {"", "15", "m", "0m", "-5m", "15 m", "15min", "25h", "1441m", "Nightly",
                           "99999999999m", "+5m"})
    EXPECT_FALSE(parse_filter_delay(text)) << text;
}

TEST(FilterDelay, NobodyIsPromisedATimeThatNobodyKnows) {
  const Time applied{hours{10}};
  EXPECT_EQ(seen_by({Kind::Within, minutes{15}}, applied), applied + minutes{15});
  for (const char* text : {"at next login", "nightly", "unknown"})
    EXPECT_FALSE(seen_by(parse_filter_delay(text).value(), applied)) << text;
}

TEST(FilterDelay, SaysWhenWebsitesOpenAndPromisesNothingThatNobodyKnows) {
  const auto words = [](const char* text, const char* language = "en-GB") {
    return opening_words(parse_filter_delay(text).value(), "16:00", language);
  };
  EXPECT_EQ(words("15m"), "Your websites should be open by 16:00.");
  EXPECT_EQ(words("at next login"), "Your websites open when you log out and log in again.");
  EXPECT_EQ(words("nightly"), "Your websites are open from tomorrow morning.");
  EXPECT_EQ(words("15m", "cy"), "Dylai eich gwefannau fod ar agor erbyn 16:00.");
  EXPECT_EQ(words("nightly", "cy-GB"), "Bydd eich gwefannau ar agor o fore yfory.");
  EXPECT_EQ(words("nightly", "fr"), words("nightly"));
  for (const char* language : {"en", "cy", ""}) EXPECT_EQ(words("unknown", language), "");
}

TEST(Filter, SaysWhenItSeesAChange) {
  FilterSettings filter;
  const auto words = [&](const char* text) {
    filter.sees_groups_within = parse_filter_delay(text).value();
    return delay_words(filter);
  };
  EXPECT_EQ(words("unknown"), "how soon the filter sees a change is not known");
  filter.name = "Netsweeper";
  EXPECT_EQ(words("90m"), "Netsweeper sees a change within 90m");
  EXPECT_EQ(words("at next login"), "Netsweeper sees a change at the next login");
  EXPECT_EQ(words("nightly"), "Netsweeper sees a change at night");
}

TEST(Filter, NumbersItsGroupsByTheirOrderUnlessTheSchoolDoes) {
  LevelTable table;
  table.levels = {"unsigned", "ks3", "staff"};
  FilterSettings filter;
  EXPECT_EQ(filter.number("unsigned", table), 1u);
  EXPECT_EQ(filter.number("staff", table), 3u);
  filter.numbers = {{"unsigned", 1}, {"ks3", 7}, {"staff", 2}};
  EXPECT_EQ(filter.number("ks3", table), 7u);
}

TEST(Filter, GroupsHaveItsPrefix) {
  FilterSettings filter;
  EXPECT_EQ(filter.group("ks3"), "ks3");
  filter.group_prefix = "nsw-";
  EXPECT_EQ(filter.group("ks3"), "nsw-ks3");
}

}  // namespace
}  // namespace assent
