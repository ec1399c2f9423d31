// The school's directory at the command line: importing from it, and looking at it.
#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

class SchoolDirectory : public Desk {
 protected:
  SchoolDirectory() {
    script.say("POST /v1/roster/imports", R"({"import":"i7"})");
    script.say("GET /v1/roster/imports/i7", R"({"ready":true,"people":3})");
    say_plan("");
  }
  void say_plan(const std::string& errors) {
    const std::string plan =
        R"({"rows":3,"joins":3,"changes":0,"leavers":0,"unchanged":0,"examples":{},"errors":[)" +
        errors + R"(],"errors_total":0,"stops":null})";
    script.say("POST /v1/roster/imports/i7/plan", plan);
    script.say("POST /v1/roster/imports/i7/apply", plan);
  }
};

TEST_F(SchoolDirectory, IsReadByTheServiceAndThenApplied) {
  const Ran ran = run({"people", "import", "--from", "ldap"});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  ASSERT_EQ(script.asked.size(), 4u);
  EXPECT_HAS(script.asked[0].body, R"({"source":"ldap"})");
  EXPECT_HAS(script.asked[3].path, "/i7/apply");
  EXPECT_HAS(ran.out, "Imported: 3 joined");
  EXPECT_HAS(ran.out, "put the directory right");
}

TEST_F(SchoolDirectory, ADryRunSaysHowToGoOnWithoutAFile) {
  const Ran ran = run({"people", "import", "--from", "ldap", "--dry-run"});
  EXPECT_HAS(ran.out, "To go on:  assentctl people import --from ldap\n");
  EXPECT_EQ(script.asked.size(), 3u);
}

TEST_F(SchoolDirectory, AFaultNamesTheAccount) {
  say_plan(R"({"line":2,"what":"line 2: uid=b b,dc=x: login: has a space"})");
  const Ran ran = run({"people", "import", "--from", "ldap"});
  EXPECT_EQ(ran.exit, Exit::Refused);
  EXPECT_HAS(ran.err, "uid=b b,dc=x");
}

TEST_F(SchoolDirectory, TakesNoFileAndAFileNeedsOne) {
  EXPECT_EQ(run({"people", "import", "--from", "ldap", "people.csv"}).exit, Exit::Usage);
  EXPECT_EQ(run({"people", "import", "--from", "ldap", "--map", "a=b"}).exit, Exit::Usage);
  EXPECT_EQ(run({"people", "import", "--from", "csv"}).exit, Exit::Usage);
  EXPECT_TRUE(script.asked.empty());
}

TEST_F(SchoolDirectory, ACheckSaysEachStepAndEndsWithWhetherAllIsWell) {
  script.say(
      "GET /v1/directory/check",
      R"({"good":false,"steps":[{"state":"good","what":"connect to ldaps://a","said":"yes"},)"
      R"({"state":"bad","what":"read group Staff","said":"there is no group",)"
      R"("lines":["dn: cn=Staff","cn: Staff"]}]})");
  const Ran ran = run({"directory", "check"});
  EXPECT_EQ(ran.exit, Exit::Found);
  EXPECT_HAS(ran.out, "ok    connect to ldaps://a\n");
  EXPECT_HAS(ran.out, "BAD   read group Staff\n      there is no group\n");
  EXPECT_HAS(ran.out, "\ndn: cn=Staff\ncn: Staff\n");  // from the first column on, to be copied
  script.say("GET /v1/directory/check", R"({"good":true,"steps":[]})");
  EXPECT_EQ(run({"directory", "check"}).exit, Exit::Done);
}

}  // namespace
}  // namespace assent::cli
