// What the account may do: the question, the lines, and what a check makes of the answers.
#include <gtest/gtest.h>

#include <algorithm>

#include "service/directory/check_levels.h"
#include "service/directory/grants.h"
#include "service/directory/rights.h"
#include "tests/unit/directory/school_directory.h"

namespace assent::directory {
namespace {

constexpr auto kOpenLdap = DirectoryKind::OpenLdap;
const std::string kKs3 = "cn=nsw-ks3," + kGroups, kStaff = "cn=nsw-staff," + kGroups;
const std::string kDummy = "cn=nobody,dc=school,dc=test";

class Rights : public testing::TestWithParam<DirectoryKind> {
 protected:
  Rights() {
    settings.server.bind_dn = ad() ? "assent@school.test" : "cn=assent,dc=school,dc=test";
    settings.level_groups = {"nsw-ks3", "nsw-staff"};
    school.server.put("", {{"namingContexts", {"dc=school,dc=test"}}});
    person = school.person("ann");
    level("nsw-ks3", {kDummy});
    level("nsw-staff", {kDummy});
    school.server.habits().may_change = [](const std::string& dn, const std::string& attribute) {
      return attribute == "member" && dn.starts_with("cn=nsw-");
    };
  }
  bool ad() const { return GetParam() == DirectoryKind::ActiveDirectory; }
  void level(const std::string& name, std::vector<std::string> members,
             std::vector<std::string> writable = {"member"}) {
    const std::string dn = school.group(name, std::move(members));
    school.server.find(dn)->attributes.push_back({"allowedAttributesEffective", writable});
  }
  std::vector<CheckStep> steps(CheckStep::State state) {
    CheckSteps all;
    check_levels(school.server, settings, person, all);
    std::vector<CheckStep> out;
    std::ranges::copy_if(all.take(), std::back_inserter(out),
                         [&](const CheckStep& step) { return step.state == state; });
    return out;
  }

  SchoolDirectory school{GetParam()};
  DirectorySettings settings = school_settings(GetParam());
  std::string person;
};

TEST_P(Rights, AskingFindsWhatIsMissingAndChangesNothing) {
  const auto before = school.server.find(kKs3)->attributes;
  EXPECT_TRUE(may_change(school.server, GetParam(), kKs3, "member").value());
  EXPECT_FALSE(may_change(school.server, GetParam(), kKs3, "description").value());
  EXPECT_EQ(school.server.find(kKs3)->attributes, before);
  EXPECT_EQ(may_change(school.server, GetParam(), "cn=none," + kGroups, "member").error().code,
            Code::NotFound);
  school.server.habits().breaks_at = school.server.calls() + 1;
  EXPECT_EQ(may_change(school.server, GetParam(), kKs3, "member").error().code, Code::Unavailable);
}

TEST_P(Rights, JustWhatIsNeededIsGoodWithoutANote) {
  EXPECT_TRUE(steps(CheckStep::State::Bad).empty());
  EXPECT_TRUE(steps(CheckStep::State::Note).empty());
  EXPECT_EQ(steps(CheckStep::State::Good).size(), 3u);
}

TEST_P(Rights, ASchoolWithoutLevelsIsAskedNothing) {
  settings.level_groups.clear();
  EXPECT_TRUE(steps(CheckStep::State::Good).empty());
  EXPECT_EQ(school.server.calls(), 0u);
}

TEST_P(Rights, AGroupThatIsMissingComesWithItsMaking) {
  ASSERT_TRUE(school.server.remove(kStaff).is_good());
  const auto bad = steps(CheckStep::State::Bad);
  ASSERT_EQ(bad.size(), 1u);
  EXPECT_EQ(bad[0].what, "find group nsw-staff");
  const std::string all = ad() ? "New-ADGroup -Name 'nsw-staff' -GroupScope Global "
                                 "-GroupCategory Security -Path '" +
                                     kGroups + "'"
                               : "dn: " + kStaff;
  EXPECT_NE(std::ranges::find(bad[0].lines, all), bad[0].lines.end());
}

TEST_P(Rights, ARightThatIsMissingComesWithItsLine) {
  level("nsw-ks3", {kDummy}, {});
  school.server.habits().may_change = [](const std::string& dn, const std::string&) {
    return dn == kStaff;
  };
  const auto bad = steps(CheckStep::State::Bad);
  ASSERT_EQ(bad.size(), 1u);
  const std::string line =
      ad() ? "dsacls \"" + kKs3 + "\" /G \"assent@school.test:RPWP;member\""
           : "access to dn.exact=\"" + kKs3 +
                 "\" attrs=member by dn.exact=\"cn=assent,dc=school,dc=test\" write by * break";
  EXPECT_NE(std::ranges::find(bad[0].lines, line), bad[0].lines.end());
}

TEST_P(Rights, WhatIsNotNeededIsNamed) {
  level("nsw-ks3", {kDummy}, {"member", "description"});
  school.server.habits().may_change = [](const std::string& dn, const std::string& attribute) {
    return dn.starts_with("cn=nsw-") && (attribute == "member" || dn == kKs3);
  };
  const auto notes = steps(CheckStep::State::Note);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes[0].said.find("description of " + kKs3), std::string::npos) << notes[0].said;
}

TEST_P(Rights, AGroupThatALevelStandsInIsNamed) {
  school.group("all-staff", {kStaff});
  const auto notes = steps(CheckStep::State::Note);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes[0].said.find("cn=all-staff"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Rights, testing::Values(kOpenLdap, DirectoryKind::ActiveDirectory),
                         [](const auto& kind) {
                           return kind.param == DirectoryKind::ActiveDirectory ? "Ad" : "OpenLdap";
                         });

TEST(OpenLdapGroups, MustNotBeLeftEmptyByTheirLastPerson) {
  SchoolDirectory school(kOpenLdap);
  DirectorySettings settings = school_settings(kOpenLdap);
  settings.server.bind_dn = "cn=assent,dc=school,dc=test";
  settings.level_groups = {"nsw-ks3"};
  school.server.put("", {{"namingContexts", {"dc=school,dc=test"}}});
  const std::string ann = school.person("ann");
  const auto last_is_ours = [&] {
    CheckSteps steps;
    check_levels(school.server, settings, ann, steps);
    return std::ranges::any_of(steps.take(), [](const CheckStep& step) {
      return step.what.starts_with("empty ") &&
             step.lines.back() == "member: cn=assent,dc=school,dc=test";
    });
  };
  school.group("nsw-ks3", {ann});
  EXPECT_TRUE(last_is_ours());
  school.group("nsw-ks3", {ann, kDummy});
  EXPECT_FALSE(last_is_ours());
  school.server.find(kKs3)->attributes[0].values = {"groupOfMembers"};
  school.server.find(kKs3)->attributes[2].values = {};
  EXPECT_FALSE(last_is_ours());
}

TEST(Grants, TextThatEndsAWordIsEscaped) {
  const Grantee openldap{kOpenLdap, R"(cn=a\,b "c",dc=x)", "dc=x", ""};
  EXPECT_EQ(grant_members(openldap, "cn=g,dc=x")[1],
            R"(access to dn.exact="cn=g,dc=x" attrs=member by dn.exact="cn=a\\,b \"c\",dc=x" )"
            "write by * break");
  EXPECT_EQ(make_group(openldap, "a,b", "ou=g,dc=x")[1], R"(dn: cn=a\,b,ou=g,dc=x)");
  const Grantee ad{DirectoryKind::ActiveDirectory, "assent@x", "", ""};
  EXPECT_EQ(make_group(ad, "o'neil", "OU=g,DC=x")[0],
            "New-ADGroup -Name 'o''neil' -GroupScope Global -GroupCategory Security -Path "
            "'OU=g,DC=x'");
}

TEST(Grants, AnAccountByItsDnGetsTheNameThatWindowsToolsTake) {
  SchoolDirectory school(DirectoryKind::ActiveDirectory);
  DirectorySettings settings = school_settings(DirectoryKind::ActiveDirectory);
  settings.server.bind_dn = school.person("svc");
  EXPECT_EQ(grantee_of(school.server, settings).value().account, "svc@school.test");
  settings.server.bind_dn = "SCHOOL\\svc";
  EXPECT_EQ(grantee_of(school.server, settings).value().account, "SCHOOL\\svc");
}

}  // namespace
}  // namespace assent::directory
