// [roles] of a school's file: who has which by itself, and which has to be granted (R38).

#include <gtest/gtest.h>

#include "service/config/config.h"

namespace assent {
namespace {

Result<SchoolConfig> read(const std::string& roles) {
  return parse_school(
      "title = \"X\"\naudience = [{ who = \"*\", owes = [\"staff\"] }]\n[roles]\n" + roles,
      "schools/x.toml", {"x"}, "Europe/London");
}

TEST(RoleSection, SaysWhoHasARoleByItselfAndWhichHasToBeGranted) {
  const auto said = read("reception = [\"group:Office\", \"login:jkhan\"]\ndsl = \"granted\"\n");
  ASSERT_TRUE(said) << said.error().message;
  const Profile office{{"group", "Office"}};
  EXPECT_EQ(roles_of(said->school, "anybody", office), std::vector<std::string>{"reception"});
  EXPECT_EQ(roles_of(said->school, "jkhan", {}), std::vector<std::string>{"reception"});
  EXPECT_TRUE(roles_of(said->school, "granted", {{"group", "granted"}}).empty());
  EXPECT_EQ(said->school.roles.size(), 2u);
}

TEST(RoleSection, RefusesARoleOfEverybodysAndOneThatIsGrantedBeside) {
  for (const char* wrong : {"dsl = \"*\"\n", "dsl = \"\"\n", "dsl = [\"granted\", \"group:DSL\"]\n",
                            "dsl = \"Granted\"\n", "self = \"granted\"\n"})
    EXPECT_FALSE(read(wrong)) << wrong;
}

}  // namespace
}  // namespace assent
