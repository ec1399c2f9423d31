// The spellings that files and messages use.
#include <gtest/gtest.h>

#include "core/policy/policy.h"

namespace assent {
namespace {

TEST(Mode, IsSpelledInOneWay) {
  for (const Mode mode : {Mode::Editorial, Mode::Acknowledge, Mode::Agree})
    EXPECT_EQ(parse_mode(to_text(mode)).value(), mode);
  for (const std::string_view wrong : {"", "Agree", "agreed", "agree "})
    EXPECT_EQ(parse_mode(wrong).error().code, Code::Invalid) << wrong;
}

TEST(Mode, IsOrderedWeakestFirst) {
  EXPECT_LT(Mode::Editorial, Mode::Acknowledge);
  EXPECT_LT(Mode::Acknowledge, Mode::Agree);
}

TEST(Style, IsSpelledInOneWay) {
  for (const Style style : {Style::Std, Style::Ks1, Style::Ks2, Style::Easy})
    EXPECT_EQ(parse_style(to_text(style)).value(), style);
  EXPECT_EQ(parse_style("ks3").error().code, Code::Invalid);
}

}  // namespace
}  // namespace assent
