#include "winlogon-shim/domain/banner_plan.h"

#include <gtest/gtest.h>

namespace assent::windows {
namespace {

const std::optional<std::string> kRules = "Log in as yourself.", kNone = "", kUnknown;

TEST(BannerPlan, ShowsWhatIsPublishedWhereTheSchoolWantsIt) {
  EXPECT_EQ(banner_step(true, kRules, false), BannerStep::Show);
  EXPECT_EQ(banner_step(true, kRules, true), BannerStep::Show);
}

TEST(BannerPlan, GivesBackWhatStoodThereWhereThereIsNothingToShow) {
  EXPECT_EQ(banner_step(true, kNone, true), BannerStep::GiveBack);
  EXPECT_EQ(banner_step(false, kRules, true), BannerStep::GiveBack);
  EXPECT_EQ(banner_step(false, kUnknown, true), BannerStep::GiveBack);
}

TEST(BannerPlan, TouchesNoNoticeThatIsNotOurs) {
  EXPECT_EQ(banner_step(true, kNone, false), BannerStep::Leave);
  EXPECT_EQ(banner_step(false, kRules, false), BannerStep::Leave);
}

TEST(BannerPlan, ChangesNothingWhileTheServiceIsAway) {
  EXPECT_EQ(banner_step(true, kUnknown, true), BannerStep::Leave);
  EXPECT_EQ(banner_step(true, kUnknown, false), BannerStep::Leave);
}

}  // namespace
}  // namespace assent::windows
