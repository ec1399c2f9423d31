// Groups within groups, on both kinds of directory.
#include "service/directory/membership.h"

#include <gtest/gtest.h>

#include "service/directory/dn.h"
#include "tests/unit/directory/school_directory.h"

namespace assent::directory {
namespace {

using Places = std::vector<std::size_t>;

class Groups : public testing::TestWithParam<DirectoryKind> {
 protected:
  SchoolDirectory school{GetParam()};
  DirectorySettings settings = school_settings(GetParam());

  Result<Membership> read(const std::vector<std::string>& groups) {
    return Membership::read(school.server, settings, groups);
  }
  static Places of(Membership& members, const std::string& dn) {
    return members.meet(normal_dn(dn).value(), "");
  }
};

TEST_P(Groups, ReachThroughGroupsWithinGroups) {
  const std::string ann = school.person("ann"), bob = school.person("bob"),
                    cy = school.person("cy");
  const std::string year9 = school.group("Year-9", {ann});
  const std::string ks3 = school.group("KS3", {year9, bob});
  school.group("Pupils", {ks3});
  school.group("Staff", {cy});
  auto members = read({"Pupils", "KS3", "Year-9", "Staff"}).value();
  EXPECT_EQ(of(members, ann), (Places{0, 1, 2}));
  EXPECT_EQ(of(members, bob), (Places{0, 1}));
  EXPECT_EQ(of(members, cy), Places{3});
}

TEST_P(Groups, EndWhenTwoHoldEachOther) {
  const std::string ann = school.person("ann");
  const std::string one = "cn=one," + kGroups, two = "cn=two," + kGroups;
  school.group("one", {two});
  school.group("two", {one, ann});
  auto members = read({"one", "two"}).value();
  EXPECT_EQ(of(members, ann), (Places{0, 1}));
}

TEST_P(Groups, OfMoreThanARangeArrivesWhole) {
  std::vector<std::string> all;
  for (int i = 0; i < 3200; ++i) all.push_back(school.person("p" + std::to_string(i)));
  school.group("All", all);
  auto members = read({"All"}).value();
  for (const std::string& dn : all) ASSERT_EQ(of(members, dn), Places{0}) << dn;
}

TEST_P(Groups, ThatAreMissingOrTwiceThereAreErrors) {
  school.group("Staff", {});
  EXPECT_EQ(read({"Staff", "Pupils"}).error().code, Code::NotFound);
  school.server.put(
      "cn=Staff,ou=old," + kGroups,
      {{"objectClass", {GetParam() == DirectoryKind::OpenLdap ? "groupOfNames" : "group"}},
       {"cn", {"Staff"}}});
  EXPECT_EQ(read({"Staff"}).error().code, Code::Conflict);
}

TEST_P(Groups, WhoseNameWouldChangeTheFilterAreNotFound) {
  school.group("Staff", {});
  for (const char* name : {"*", "S*", "x)(cn=*", "x)(|(cn=*)", "Staff\\2a"})
    EXPECT_EQ(read({name}).error().code, Code::NotFound) << name;
}

TEST_P(Groups, OneBreakIsAnError) {
  school.group("Staff", {school.person("ann")});
  school.group("Pupils", {school.person("bob")});
  ASSERT_TRUE(read({"Staff", "Pupils"}));
  const std::size_t calls = school.server.calls();
  for (std::size_t at = 1; at <= calls; ++at) {
    school.server.habits().breaks_at = school.server.calls() + at;
    EXPECT_FALSE(read({"Staff", "Pupils"})) << at;
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Groups,
                         testing::Values(DirectoryKind::OpenLdap, DirectoryKind::ActiveDirectory));

TEST(OpenLdapGroups, MayNameLoginsInstead) {
  SchoolDirectory school{DirectoryKind::OpenLdap};
  const std::string ann = school.person("ann");
  school.server.put(
      "cn=unix," + kGroups,
      {{"objectClass", {"posixGroup"}}, {"cn", {"unix"}}, {"memberUid", {"ann", "bob"}}});
  auto members =
      Membership::read(school.server, school_settings(DirectoryKind::OpenLdap), {"unix"}).value();
  EXPECT_EQ(members.meet(normal_dn(ann).value(), "ann"), Places{0});
  EXPECT_EQ(members.meet(normal_dn(ann).value(), "cy"), Places{});
}

}  // namespace
}  // namespace assent::directory
