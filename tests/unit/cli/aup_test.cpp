#include "core/formats/json.h"
#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

const std::string kContent = ASSENT_SOURCE_DIR "/content/aup";

constexpr std::string_view kPolicy = R"(title = "Rules"
audience = "All"
owner = "Deputy head"
approving_body = "Governors"
adopted = 2026-07-14
next_review = 2027-07-01
approvals = ["governors"]
)";
constexpr std::string_view kVersion = R"(mode = "agree"
effective = 2026-09-01
[[approved]]
body = "governors"
by = "Chair"
on = 2026-07-14
)";
constexpr std::string_view kText = "# Rules\n\n> [ask] I will.\n\n## Me\n\n- [a.b] I am kind.\n";

class Aup : public Desk {
 protected:
  std::string policy_folder() {
    folder.write("student/policy.toml", kPolicy);
    folder.write("student/1/version.toml", kVersion);
    folder.write("student/1/en-GB.std.md", kText);
    return folder.path("student");
  }
};

constexpr const char* kPublished =
    R"({"policy":"student","title":"Rules","number":1,"mode":"agree",)"
    R"("effective":"2026-08-31T23:00:00.000Z","enforced":"2026-08-31T23:00:00.000Z",)"
    R"("manifest":"ab","index":7,"renditions":["en-GB.std"],"rules":1,)"
    R"("changes":{"added":["a.b"],"changed":[],"removed":[]},"unchanged":0,"asked":1214})";

TEST_F(Aup, PublishSendsTheVersionsFilesAndSaysWhatHappened) {
  script.say("POST /v1/policies/student/versions", kPublished);
  const Ran ran = run({"aup", "publish", policy_folder()});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_HAS(ran.out, "1 added, 0 changed, 0 removed");
  EXPECT_HAS(ran.out, "1,214");
  EXPECT_HAS(ran.out, "2026-08-31 23:00 UTC");
  const Value body = parse_json(script.asked.at(0).body).value();
  EXPECT_EQ(*body.find("number")->integer(), 1);
  ASSERT_EQ(body.find("files")->array()->size(), 3u);
}

TEST_F(Aup, AFaultIsFoundBeforeAnythingIsSentWithFileAndLine) {
  const std::string path = policy_folder();
  folder.write("student/1/en-GB.std.md", "# Rules\n\n> [ask] I will.\n\n- no id\n");
  const Ran ran = run({"aup", "publish", path});
  EXPECT_EQ(ran.exit, Exit::Refused);
  EXPECT_HAS(ran.err, path + "/1/en-GB.std.md:5: ");
  EXPECT_TRUE(script.asked.empty());
}

TEST_F(Aup, K25R36ANewVersionWithoutANextReviewIsRefusedHereAlready) {
  const std::string path = policy_folder();
  folder.write(
      "student/policy.toml",
      "title=\"R\"\naudience=\"A\"\nowner=\"O\"\napproving_body=\"B\"\nadopted=2026-07-14\n"
      "approvals=[\"governors\"]\n");
  EXPECT_EQ(run({"aup", "publish", path}).exit, Exit::Refused);
  EXPECT_TRUE(script.asked.empty());
}

TEST_F(Aup, ADryRunPublishesNothingAndSaysHowToGoOn) {
  script.say("POST /v1/policies/student/versions", kPublished);
  const Ran ran = run({"aup", "publish", policy_folder(), "--dry-run"});
  EXPECT_HAS(ran.out, "Nothing was published. To go on:  assentctl aup publish");
  EXPECT_HAS(script.asked.at(0).path, "dry_run=1");
}

TEST_F(Aup, JsonIsTheServicesOwnDocument) {
  script.say("POST /v1/policies/student/versions", kPublished);
  EXPECT_EQ(run({"aup", "publish", policy_folder(), "--json"}).out, kPublished + std::string("\n"));
}

TEST_F(Aup, PublishingAVersionThatIsNotThereIsSix) {
  EXPECT_EQ(run({"aup", "publish", policy_folder(), "--version", "9"}).exit, Exit::NoSuch);
}

TEST_F(Aup, LintGoesThroughEveryPolicyOfAFolder) {
  const Ran ran = run({"aup", "lint", kContent});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.out << ran.err;
  for (const char* line : {"student 1: fine", "student 2: fine", "visitor 1: fine"})
    EXPECT_HAS(ran.out, line);
}

TEST_F(Aup, LintFindsAndGoesOn) {
  const std::string path = policy_folder();
  folder.write("student/2/version.toml", "mode = \"shout\"\n");
  folder.write("student/2/en-GB.std.md", kText);
  const Ran ran = run({"aup", "lint", path});
  EXPECT_EQ(ran.exit, Exit::Found);
  EXPECT_HAS(ran.out, "student 1: fine");
  EXPECT_HAS(ran.out, path + "/2/version.toml");
  EXPECT_HAS(run({"aup", "lint", path, "--json"}).out, R"("findings":[{"policy":"student")");
}

TEST_F(Aup, PreviewShowsEveryRuleInTheAskedBand) {
  const Ran ran = run({"aup", "preview", kContent + "/student", "--as", "ks2", "--terminal"});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_HAS(ran.out, "Page 1 of");
  for (std::size_t start = 0, end; start < ran.out.size(); start = end + 1) {
    end = ran.out.find('\n', start);
    EXPECT_LE(end - start, 80u);
  }
  EXPECT_EQ(run({"aup", "preview", kContent + "/visitor", "--as", "ks1"}).exit, Exit::NoSuch);
}

TEST_F(Aup, DiffMarksTheWords) {
  script.say("GET /v1/policies/student/diff",
             R"({"rules":[{"id":"a","change":"changed","section":"Me","old":"I use mail.",)"
             R"("new":"I use chat.","marks":[["=",6],["-",5],["+",5]]},)"
             R"({"id":"b","change":"added","section":"","old":"","new":"New one.","marks":[]},)"
             R"({"id":"c","change":"removed","section":"","old":"Old one.","new":"","marks":[]}],)"
             R"("unchanged":21})");
  const Ran ran = run({"aup", "diff", "student", "--from", "1", "--to", "2", "--style", "ks2"});
  EXPECT_HAS(ran.out, "I use [-mail.-]{+chat.+}");
  EXPECT_HAS(ran.out, "{+New one.+}");
  EXPECT_HAS(ran.out, "[-Old one.-]");
  EXPECT_HAS(ran.out, "21 rules are the same.");
  EXPECT_EQ(script.asked.at(0).path, "/v1/policies/student/diff?from=1&to=2&style=ks2");
}

TEST_F(Aup, MarksThatDoNotFitAreNotBelieved) {
  script.say("GET /v1/policies/student/diff",
             R"({"rules":[{"id":"a","change":"changed","section":"","old":"one","new":"two",)"
             R"("marks":[["=",900],["-",5]]}],"unchanged":0})");
  EXPECT_HAS(run({"aup", "diff", "student", "--from", "1", "--to", "2"}).out, "[-one-] {+two+}");
}

TEST_F(Aup, ShowTakesTheNewestWhenNoVersionIsNamed) {
  script.say("GET /v1/policies", R"({"policies":[{"policy":"student","version":1,"newest":2}]})");
  script.say("GET /v1/policies/student/versions/2",
             R"({"policy":"student","title":"Rules","number":2,"mode":"agree","approvals":)"
             R"([{"body":"governors","by":"Chair","on":"2026-07-14"}],"renditions":[{"language":)"
             R"("en-GB","style":"std","title":"Our rules","why":"","ask":"I will.","help":"",)"
             R"("rules":[{"id":"a.b","section":"Me","text":"I am kind."}]}]})");
  const Ran ran = run({"aup", "show", "student"});
  EXPECT_HAS(ran.out, "[a.b] I am kind.");
  EXPECT_HAS(ran.out, "2026-07-14 for governors by Chair");
  EXPECT_EQ(run({"aup", "show", "nobody"}).exit, Exit::NoSuch);
  EXPECT_EQ(run({"aup", "show", "student", "two"}).exit, Exit::Usage);
}

TEST_F(Aup, ARetiredNameIsNotSaidToComeBack) {
  script.say("POST /v1/policies/student/retire",
             R"({"policy":"student","retired":"2026-11-09T00:00:00.000Z"})");
  const Ran ran = run({"aup", "retire", "student", "--reason", "merged"});
  EXPECT_LACKS(ran.out, "next version");
  EXPECT_HAS(ran.out, "under another name");
}

}  // namespace
}  // namespace assent::cli
