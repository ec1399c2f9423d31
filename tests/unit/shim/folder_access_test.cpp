#include "winlogon-shim/domain/folder_access.h"

#include <gtest/gtest.h>

namespace assent::windows {
namespace {

const std::string kService = "S-1-5-80-1", kTechnician = "S-1-5-21-7-1001",
                  kLocalService = "S-1-5-19", kAdministrators = "S-1-5-32-544";

TEST(FolderAccess, OfATechnicianIsWhatTheServiceExpects) {
  const auto made = who_may_open(kService, kTechnician);
  EXPECT_EQ(made, who_may_open(kService, kLocalService));
  EXPECT_TRUE(check_access("F", kAdministrators, made, who_may_open(kService, kLocalService)));
}

TEST(FolderAccess, IsNobodysByNameWhereTheServiceIsInstalled) {
  const auto may = who_may_open(kService, kTechnician);
  EXPECT_FALSE(check_access("F", kAdministrators, {kTechnician}, may));
  EXPECT_FALSE(check_access("F", kTechnician, {}, may));
  EXPECT_FALSE(check_access("F", kAdministrators, {"S-1-1-0"}, may));
}

TEST(FolderAccess, IsOfWhoRunsThisWhereNoServiceIsInstalled) {
  EXPECT_TRUE(check_access("F", kTechnician, {kTechnician}, who_may_open("", kTechnician)));
}

}  // namespace
}  // namespace assent::windows
