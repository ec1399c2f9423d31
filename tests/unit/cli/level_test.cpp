// assentctl level: the reason in a few lines, and the file that a filter without LDAP reads.

#include <sys/stat.h>
#include <unistd.h>

#include "core/formats/json.h"
#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

constexpr const char* kLevels =
    R"("levels":[{"level":"unsigned","group":"nsw-unsigned","number":1},)"
    R"({"level":"ks3","group":"nsw-ks3","number":7},)"
    R"({"level":"staff","group":"nsw-staff","number":3}])";

std::string page(const std::string& people, const std::string& next) {
  return std::string("{") + kLevels + R"(,"people":[)" + people + R"(],"next":)" + next + "}";
}

class Levels : public Desk {
 protected:
  Ran export_as(const std::string& format, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"level", "export", "--format",
                                      format,  "--out",  folder.path("groups")};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  void expect_pages() {
    script.say(
        "GET /v1/levels?after=",
        page(R"({"login":"amira","level":"ks3"},{"login":"bob","level":"unsigned"})", R"("bob")"));
    script.say("GET /v1/levels?after=bob", page(R"({"login":"jo","level":"staff"})", "null"));
  }
  mode_t mode_of(const std::string& name) const {
    struct stat found {};
    EXPECT_EQ(stat(folder.path(name).c_str(), &found), 0);
    return found.st_mode & 07777;
  }
};

TEST_F(Levels, ExplainGivesTheLevelAndTheRule) {
  script.say("GET /v1/people/amira/level",
             R"({"name":"Amira Khan","login":"akhan","audience":"student","stage":"ks3",)"
             R"~("level":"ks3","text":"nsw-ks3 (current; rule 9: audience student)",)~"
             R"("applied":{"level":"ks3","at":"2026-09-01T08:52:00.000Z","done":true,"error":""},)"
             R"("delay":"Netsweeper sees a change at the next login"})");
  const Ran ran = run({"level", "explain", "amira"});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_EQ(ran.out,
            "Amira Khan\n"
            "  login         akhan\n"
            "  audience      student, stage ks3\n"
            "  level         nsw-ks3 (current; rule 9: audience student)\n"
            "  directory     done 2026-09-01 08:52 UTC\n"
            "  filter        Netsweeper sees a change at the next login\n");
  const Ran json = run({"level", "explain", "amira", "--json"});
  EXPECT_EQ(parse_json(json.out).value().find("level")->text()[0], "ks3");
}

TEST_F(Levels, ExplainSaysWhyTheDirectoryDoesNotHaveItYet) {
  script.say("GET /v1/people/amira/level",
             R"({"name":"Amira Khan","login":"akhan","level":"ks3","text":"ks3",)"
             R"("applied":{"level":"unsigned","at":"2026-09-01T08:52:00.000Z","done":false,)"
             R"("error":"insufficient access"}})");
  EXPECT_HAS(run({"level", "explain", "amira"}).out,
             "not yet there: insufficient access; at unsigned since 2026-09-01 08:52 UTC");
}

TEST_F(Levels, ExplainingNobodyIsSix) {
  script.refuse("GET /v1/people/nobody/level", 404, "not-found", "nobody is called that");
  EXPECT_EQ(run({"level", "explain", "nobody"}).exit, Exit::NoSuch);
}

TEST_F(Levels, TheE2guardianFileNumbersItsGroups) {
  expect_pages();
  const Ran ran = export_as("e2guardian");
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_EQ(folder.read("groups"),
            "# Written by assentctl level export: changes made here are lost.\n"
            "# filter1 unsigned\n# filter3 staff\n# filter7 ks3\n"
            "amira=filter7\nbob=filter1\njo=filter3\n");
  EXPECT_EQ(ran.out, "Written: 3 people, to " + folder.path("groups") + "\n");
  EXPECT_EQ(mode_of("groups"), 0640u);
  EXPECT_EQ(script.asked.size(), 2u);
}

TEST_F(Levels, TheCsvFileNamesLevelsAndGroups) {
  script.say("GET /v1/levels", page(R"({"login":"o\"b,x","level":"ks3"})", "null"));
  EXPECT_EQ(export_as("csv").exit, Exit::Done);
  EXPECT_EQ(folder.read("groups"), "login,level,group\n\"o\"\"b,x\",ks3,nsw-ks3\n");
}

TEST_F(Levels, AnOlderFileIsReplacedWholeAndKeepsItsGroup) {
  folder.write("groups", std::string(5000, 'x'), 0666);
  const gid_t group = geteuid() == 0 ? 12 : getegid();  // only root may give any
  ASSERT_EQ(chown(folder.path("groups").c_str(), geteuid(), group), 0);
  std::filesystem::create_symlink(folder.path("groups"), folder.path("link"));
  expect_pages();
  const Ran ran = run({"level", "export", "--format", "csv", "--out", folder.path("link")});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_TRUE(folder.read("groups").ends_with("\njo,staff,nsw-staff\n"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path("link")));
  EXPECT_EQ(mode_of("groups"), 0640u);
  struct stat found {};
  ASSERT_EQ(stat(folder.path("groups").c_str(), &found), 0);
  EXPECT_EQ(found.st_gid, group);
}

TEST_F(Levels, ADryRunWritesNothing) {
  expect_pages();
  const Ran ran = export_as("csv", {"--dry-run"});
  EXPECT_EQ(ran.out,
            "Nothing was written. It would be: 3 people, to " + folder.path("groups") + "\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path("groups")));
}

TEST_F(Levels, ALoginThatTheFormatCannotHoldIsNamedAndGivesNobodyAnotherLevel) {
  script.say("GET /v1/levels",
             page(R"({"login":"#a","level":"ks3"},{"login":"jo=filter1","level":"staff"},)"
                  R"({"login":"z","level":"ks3"})",
                  "null"));
  const Ran ran = export_as("e2guardian");
  EXPECT_EQ(ran.exit, Exit::Found);
  EXPECT_HAS(ran.err, "#a, jo=filter1");
  EXPECT_TRUE(folder.read("groups").ends_with("ks3\nz=filter7\n")) << folder.read("groups");
  const Ran json = export_as("e2guardian", {"--json"});
  EXPECT_EQ(json.out, R"({"file":")" + folder.path("groups") +
                          R"(","format":"e2guardian","people":1,"left_out":["#a","jo=filter1"],)"
                          R"("dry_run":false})"
                          "\n");
}

TEST_F(Levels, WhatFailsHalfwayLeavesTheOlderFile) {
  folder.write("groups", "as it was");
  script.say("GET /v1/levels?after=", page(R"({"login":"bob","level":"ks3"})", R"("bob")"));
  script.refuse("GET /v1/levels?after=bob", 503, "unavailable", "later");
  EXPECT_EQ(export_as("csv").exit, Exit::Unreachable);
  script.say("GET /v1/levels?after=bob", page("", R"("amy")"));
  EXPECT_EQ(export_as("csv").exit, Exit::Found);  // it would go round for ever
  script.say("GET /v1/levels?after=bob", page(R"({"login":"c","level":"ks9"})", "null"));
  EXPECT_EQ(export_as("csv").exit, Exit::Found);
  script.refuse("GET /v1/levels?after=", 409, "conflict", "the school has no levels");
  EXPECT_EQ(export_as("csv").exit, Exit::Refused);
  EXPECT_EQ(folder.read("groups"), "as it was");
}

}  // namespace
}  // namespace assent::cli
