// Roles from the command line: what is sent, what is said, and that one person is told to wait.

#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

constexpr const char* kGrant =
    R"({"grant":"r_abc","role":"dsl","holder":{"name":"H Patel","login":"h.patel"},)"
    R"("deputy_of":{"name":"S Okoro"},"until_local":"18 Dec 2026 23:59","standing":"waiting",)"
    R"("asked_by":{"name":"ICT"},"why":"leave"})";

TEST_F(Desk, ARoleThatIsAskedForWaitsForASecondPerson) {
  script.say("POST /v1/roles", kGrant);
  const Ran ran = run({"role", "ask", "dsl", "h.patel", "--deputy-for", "s.okoro", "--until",
                       "2026-12-18", "--why", "leave"});
  EXPECT_EQ(ran.exit, Exit::Waits) << ran.err;
  EXPECT_EQ(script.asked.at(0).body,
            R"({"role":"dsl","person":"h.patel","until":"2026-12-18","why":"leave",)"
            R"("deputy_of":"s.okoro"})");
  EXPECT_HAS(ran.out, "H Patel: dsl, deputy for S Okoro, until 18 Dec 2026 23:59");
  EXPECT_HAS(ran.out, "assentctl approve r_abc");
  EXPECT_HAS(ran.out, "assentctl reject r_abc");
}

TEST_F(Desk, ADryRunOfARoleWaitsForNobody) {
  script.say("POST /v1/roles", kGrant);
  const Ran ran =
      run({"role", "ask", "dsl", "h.patel", "--until", "1d", "--why", "leave", "--dry-run"});
  EXPECT_EQ(ran.exit, Exit::Done);
  EXPECT_HAS(ran.out, "Nothing was changed.");
}

TEST_F(Desk, ASecondPersonGrantsRefusesOrEnds) {
  for (const auto& [words, step, said] :
       {std::tuple{std::vector<std::string>{"approve", "r_abc"}, R"({"step":"grant"})",
                   "assentctl role end r_abc"},
        {{"reject", "r_abc", "--why", "no"}, R"({"step":"reject","reason":"no"})", "refused: "},
        {{"role", "end", "r_abc", "--why", "back"},
         R"({"step":"end","reason":"back"})",
         "ended: "}}) {
    script.say("POST /v1/roles/r_abc/steps", kGrant);
    script.asked.clear();
    const Ran ran = run(words);
    EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
    EXPECT_EQ(script.asked.at(0).body, step);
    EXPECT_HAS(ran.out, said);
  }
  EXPECT_EQ(run({"reject", "r_abc"}).exit, Exit::Usage);
}

TEST_F(Desk, RolesAreListedWithWhoHasThemAndWhatWaits) {
  script.say("GET /v1/roles",
             std::string(R"({"roles":[{"role":"dsl","who":[]},{"role":"reception","who":)") +
                 R"(["group:Office"]}],"grants":[)" + kGrant + "]}");
  const Ran ran = run({"role", "list"});
  EXPECT_HAS(ran.out, "dsl        nobody: it has to be granted");
  EXPECT_HAS(ran.out, "reception  group:Office");
  EXPECT_HAS(ran.out, "waiting  ICT");
}

}  // namespace
}  // namespace assent::cli
