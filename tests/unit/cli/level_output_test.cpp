// How far levels are in the directory, who is astray there, and the word for a large move.

#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

constexpr const char* kAstray =
    R"({"output":"entryuuid","people":1600,"waiting":2,"unknown":1,"strangers":1,"total":1,)"
    R"("astray":[{"login":"amira","name":"Amira Khan","form":"9B","held":["staff","ks3"],)"
    R"("wanted":"ks3"}])";
constexpr const char* kNone =
    R"({"output":"entryuuid","people":1600,"waiting":0,"unknown":0,"strangers":0,"total":0,)"
    R"("astray":[])";
constexpr const char* kStatus =
    R"({"output":{"ids":"entryuuid","last_pass":"2026-09-01T08:00:00.000Z","last_check":null,)"
    R"("astray":0,"repaired":0,"strangers":0,"error":""},"waiting":3,"unknown":1,)"
    R"("oldest":"2026-09-01T08:00:00.000Z","sweeps":[{"cause":"student v7 enforced",)"
    R"("due":"2026-12-01T00:00:00.000Z"}],"held":)";

TEST_F(Desk, DriftIsATableAndAnExitCode) {
  script.say("GET /v1/levels/drift", std::string(kAstray) + "}");
  const Ran ran = run({"level", "drift"});
  EXPECT_EQ(ran.exit, Exit::Found);
  EXPECT_HAS(ran.out, "amira");
  EXPECT_HAS(ran.out, "staff, ks3");
  EXPECT_HAS(ran.out, "1 of 1,600 are not at their level");
  EXPECT_HAS(ran.out, "left alone");
  EXPECT_HAS(ran.out, "1 person whom the directory does not know cannot be put there.");
  script.say("GET /v1/levels/drift", std::string(kNone) + "}");
  EXPECT_EQ(run({"level", "drift"}).exit, Exit::Done);
}

TEST_F(Desk, DriftInJsonIsTheServicesOwnAnswer) {
  script.say("GET /v1/levels/drift", std::string(kAstray) + "}");
  const Ran ran = run({"level", "drift", "--json"});
  EXPECT_EQ(ran.exit, Exit::Found);
  EXPECT_EQ(ran.out, std::string(kAstray) + "}\n");
}

TEST_F(Desk, ReconcileSaysWhatItPutRight) {
  script.say("POST /v1/levels/reconcile",
             std::string(kAstray) + R"(,"repaired":1,"failed":0,"error":""})");
  const Ran ran = run({"level", "reconcile"});
  EXPECT_EQ(ran.exit, Exit::Done);
  EXPECT_HAS(ran.out, "1 put right, 0 not.");
  script.say("POST /v1/levels/reconcile",
             std::string(kAstray) + R"(,"repaired":0,"failed":1,"error":"insufficient access"})");
  const Ran failed = run({"level", "reconcile"});
  EXPECT_EQ(failed.exit, Exit::Found);
  EXPECT_HAS(failed.out, "insufficient access");
}

TEST_F(Desk, ADryRunOfReconcileOnlyLooks) {
  script.say("GET /v1/levels/drift", std::string(kAstray) + "}");
  EXPECT_EQ(run({"level", "reconcile", "--dry-run"}).exit, Exit::Found);
  ASSERT_EQ(script.asked.size(), 1u);
  EXPECT_EQ(script.asked[0].method, "GET");
}

// Many are put right after the answer: the command stays until they are.
TEST_F(Desk, ReconcileWaitsForALargeRepair) {
  script.say("POST /v1/levels/reconcile",
             R"({"output":"entryUUID","people":2000,"waiting":0,"unknown":0,"strangers":0,)"
             R"("astray":[],"total":900,"repaired":0,"failed":0,"left":900,"error":""})");
  const auto status = [](const std::string& repaired, const std::string& left) {
    return R"({"output":{"repaired":)" + repaired + R"(,"failed":0,"left":)" + left +
           R"(,"error":""},"waiting":0,"unknown":0,"sweeps":[]})";
  };
  script.say("GET /v1/levels/status", status("500", "400"));
  world.wait = [&](milliseconds) {
    if (script.asked.size() > 2) script.say("GET /v1/levels/status", status("900", "0"));
  };
  const Ran ran = run({"level", "reconcile"});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_HAS(ran.out, "900 put right, 0 not.");
  EXPECT_EQ(script.asked.size(), 4u);
}

TEST_F(Desk, HeldMovesAreConfirmedByTheirNumber) {
  script.say("POST /v1/levels/reconcile", R"({"confirmed":120,"passed":true})");
  const Ran ran = run({"level", "reconcile", "--confirm", "120"});
  EXPECT_EQ(ran.exit, Exit::Done);
  EXPECT_EQ(script.asked.at(0).body, R"({"confirm":120})");
  EXPECT_HAS(ran.out, "120 moves");
  EXPECT_EQ(run({"level", "reconcile", "--confirm", "many"}).exit, Exit::Usage);
}

TEST_F(Desk, TheFirstOfTwoWaitsForTheSecond) {
  script.say("POST /v1/levels/reconcile", R"({"confirmed":900,"passed":false})");
  const Ran ran = run({"level", "reconcile", "--confirm", "900"});
  EXPECT_EQ(ran.exit, Exit::Waits);
  EXPECT_HAS(ran.out, "a second person");
}

TEST_F(Desk, TheStatusSaysWhatIsHeldAndHowToLetItThrough) {
  script.say("GET /v1/levels/status", std::string(kStatus) +
                                          R"({"moves":120,"cause":"roster csv","two_people":true,)"
                                          R"("confirmed_by":""}})");
  const Ran ran = run({"level", "status"});
  EXPECT_EQ(ran.exit, Exit::Found);
  EXPECT_HAS(ran.out, "120 moves of \"roster csv\" are held");
  EXPECT_HAS(ran.out, "two people");
  EXPECT_HAS(ran.out, "--confirm 120");
  EXPECT_HAS(ran.out, "1 person whom the directory does not know\n");
  EXPECT_HAS(ran.out, "3 levels, since 2026-09-01 08:00 UTC");
  EXPECT_HAS(ran.out, "student v7 enforced");
  script.say("GET /v1/levels/status", std::string(kStatus) + "null}");
  EXPECT_EQ(run({"level", "status"}).exit, Exit::Done);
}

TEST_F(Desk, ASchoolThatPutsItsLevelsNowhereIsTold) {
  script.say("GET /v1/levels/drift",
             R"({"output":null,"people":0,"waiting":0,"strangers":0,"total":0,"astray":[]})");
  const Ran ran = run({"level", "drift"});
  EXPECT_EQ(ran.exit, Exit::Done);
  EXPECT_HAS(ran.out, "put nowhere");
}

}  // namespace
}  // namespace assent::cli
