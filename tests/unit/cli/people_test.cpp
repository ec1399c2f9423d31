#include <algorithm>

#include "core/formats/json.h"
#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

class People : public Desk {
 protected:
  void expect_import(const std::string& plan) {
    script.say("POST /v1/roster/imports", R"({"import":"i7"})");
    script.say("POST /v1/roster/imports/i7/rows", R"({"bytes":1})");
    script.say("POST /v1/roster/imports/i7/plan", plan);
    script.say("POST /v1/roster/imports/i7/apply", plan);
  }
  bool applied() const {
    return std::ranges::any_of(script.asked,
                               [](const HttpRequest& r) { return r.path.ends_with("/apply"); });
  }
};

constexpr const char* kFine =
    R"~({"rows":3,"joins":2,"changes":1,"leavers":0,"unchanged":0,)~"
    R"~("examples":{"joins":["Amira Khan (akhan)"]},"errors":[],"errors_total":0,"stops":null})~";
constexpr const char* kStops =
    R"({"rows":3,"joins":0,"changes":0,"leavers":120,"unchanged":3,"examples":{},"errors":[],)"
    R"("errors_total":0,"stops":"120 people would leave, more than 5 %"})";
constexpr const char* kFaulty =
    R"({"rows":3,"joins":0,"changes":0,"leavers":0,"unchanged":0,"examples":{},)"
    R"("errors":[{"line":17,"what":"no role is called pupill"}],"errors_total":3,"stops":null})";

TEST_F(People, AnImportGoesUpInPiecesInTheirOrder) {
  expect_import(kFine);
  const std::string csv(1'200'000, 'x');
  const Ran ran = run({"people", "import", "--from", "csv", folder.write("p.csv", csv), "--map",
                       "mis_id=Admission No"});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  std::string sent;
  for (const HttpRequest& request : script.asked) {
    if (!request.path.ends_with("/rows")) continue;
    EXPECT_LE(request.body.size(), 512u * 1024);
    EXPECT_EQ(request.content_type, "text/csv");
    sent += request.body;
  }
  EXPECT_EQ(sent, csv);
  EXPECT_HAS(script.asked.at(0).body, R"("columns":{"mis_id":"Admission No"})");
  EXPECT_TRUE(applied());
  EXPECT_HAS(ran.out, "Imported: 2 joined, 1 changed, 0 left.");
  EXPECT_HAS(ran.out, "Amira Khan (akhan)");
}

TEST_F(People, FaultsNameTheFileAndTheLineAndNothingIsImported) {
  expect_import(kFaulty);
  const std::string file = folder.write("p.csv", "x");
  const Ran ran = run({"people", "import", "--from", "csv", file});
  EXPECT_EQ(ran.exit, Exit::Refused);
  EXPECT_HAS(ran.err, file + ":17: no role is called pupill");
  EXPECT_HAS(ran.err, "2 more");
  EXPECT_FALSE(applied());
}

TEST_F(People, TheBrakeNamesTheNumberToAccept) {
  expect_import(kStops);
  const std::string file = folder.write("p.csv", "x");
  const Ran stopped = run({"people", "import", "--from", "csv", file});
  EXPECT_EQ(stopped.exit, Exit::Refused);
  EXPECT_HAS(stopped.err, "--accept-leavers 120");
  EXPECT_FALSE(applied());
  EXPECT_EQ(run({"people", "import", "--from", "csv", file, "--accept-leavers", "120"}).exit,
            Exit::Done);
  EXPECT_EQ(script.asked.back().body, R"({"accept_leavers":120})");
}

TEST_F(People, ADryRunShowsThePlanAndHowToGoOn) {
  expect_import(kFine);
  const Ran ran = run({"people", "import", "--from", "csv", folder.write("p.csv", "x"), "--map",
                       "mis_id=Admission No", "--dry-run"});
  EXPECT_FALSE(applied());
  EXPECT_HAS(ran.out, "Nothing was changed. To go on:");
  EXPECT_HAS(ran.out, "--map 'mis_id=Admission No'");
}

TEST_F(People, JsonIsOneDocumentEvenForAnImport) {
  expect_import(kFine);
  const std::string file = folder.write("p.csv", "x");
  const Ran ran = run({"people", "import", "--from", "csv", file, "--json"});
  EXPECT_TRUE(parse_json(ran.out)) << ran.out;
}

TEST_F(People, AMapThatIsNoneIsUsage) {
  const std::string file = folder.write("p.csv", "x");
  EXPECT_EQ(run({"people", "import", "--from", "csv", file, "--map", "mis_id"}).exit, Exit::Usage);
  EXPECT_EQ(run({"people", "import", "--from", "csv", folder.path("none.csv")}).exit, Exit::Usage);
  EXPECT_TRUE(script.asked.empty());
}

TEST_F(People, OutstandingFindsSomebodyOrNobody) {
  script.say("GET /v1/people/outstanding",
             R"({"people":[{"login":"ak","name":"Amira Khan","form":"9B","policy":"student",)"
             R"("version":2,"why":"amended","since":"2026-11-09T00:00:00.000Z"}],"total":1})");
  const Ran some = run({"people", "outstanding", "--policy", "student", "--form", "9 B"});
  EXPECT_EQ(some.exit, Exit::Found);
  EXPECT_HAS(some.out, "1 answer outstanding.");
  EXPECT_EQ(script.asked.at(0).path, "/v1/people/outstanding?policy=student&form=9%20B");
  script.say("GET /v1/people/outstanding?answer=help",
             R"({"people":[{"login":"ak","name":"Amira Khan","form":"9B","policy":"student",)"
             R"("version":2,"why":"amended","since":"2026-11-09T00:00:00.000Z","answer":"help",)"
             R"("entry":17,"tell":"tutor"}],"total":1})");
  EXPECT_HAS(run({"people", "outstanding", "--answer", "help"}).out, "help    17     tutor");
  EXPECT_EQ(run({"people", "outstanding", "--answer", "yes"}).exit, Exit::Usage);
  script.say("GET /v1/people/outstanding", R"({"people":[],"total":0})");
  EXPECT_EQ(run({"people", "outstanding"}).exit, Exit::Done);
}

// To withdraw an endorsement would take back the pupil's own agreement.
TEST_F(People, AnEndorsementSaysNoUndoThatWouldUndoAnAnswer) {
  script.say("POST /v1/people/ak/answers", R"({"index":7,"record":"{}","proof":""})");
  const Ran ran = run({"people", "endorse", "ak", "--policy", "student", "--how", "paper"});
  EXPECT_HAS(ran.out, "Entry 7");
  EXPECT_LACKS(ran.out, "undo");
  EXPECT_HAS(run({"people", "sign-for", "ak", "--policy", "student", "--how", "paper"}).out,
             "To undo:  assentctl people withdraw ak --policy student");
}

TEST_F(People, TablesAreAlignedByCellsNotBytes) {
  script.say("GET /v1/people", R"({"people":[{"login":"a","name":"Siôn","form":"9B"},)"
                               R"({"login":"b","name":"Sian","form":"9C"}]})");
  const Ran ran = run({"people", "find", "s"});
  EXPECT_HAS(ran.out, "a      Siôn  9B");
  EXPECT_HAS(ran.out, "b      Sian  9C");
}

TEST_F(People, FindingNobodyIsSix) {
  script.say("GET /v1/people", R"({"people":[]})");
  EXPECT_EQ(run({"people", "find", "zzz"}).exit, Exit::NoSuch);
}

TEST_F(People, TwoThatMatchAreNamedAndNothingIsRecorded) {
  script.refuse("POST /v1/people/amira/answers", 409, "conflict",
                "more than one person matches: Amira Khan (akhan, 9B), Amira Li (ali, 7C)");
  const Ran ran = run({"people", "sign-for", "amira", "--policy", "student", "--how", "paper"});
  EXPECT_EQ(ran.exit, Exit::Refused);
  EXPECT_HAS(ran.err, "Amira Li (ali, 7C)");
}

TEST_F(People, OnBehalfSaysWhatHowAndWhatUndoesIt) {
  script.say("POST /v1/people/amira/answers", R"({"index":42,"record":"{}","proof":"p"})");
  const Ran ran = run({"people", "sign-for", "amira", "--policy", "student", "--how", "with TA",
                       "--note", "in form time"});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_EQ(script.asked.at(0).body,
            R"({"act":"agree","policy":"student","how":"with TA","note":"in form time"})");
  EXPECT_HAS(ran.out, "Entry 42.");
  EXPECT_HAS(ran.out, "To undo:  assentctl people withdraw amira --policy student");
}

TEST_F(People, AClassIsSignedChildByChild) {
  script.say("POST /v1/people/sign-class", R"({"signed":2,"receipts":[5,6],"missing":["callum"]})");
  const Ran ran = run({"people", "sign-class", "1 Beech", "--policy", "student", "--how",
                       "read aloud", "--present", "aisha,ben,callum"});
  EXPECT_HAS(script.asked.at(0).body, R"("present":["aisha","ben","callum"])");
  EXPECT_HAS(ran.out, "Signed: 2 of 1 Beech");
  EXPECT_HAS(ran.out, "callum");
}

constexpr const char* kGoesBack =
    R"({"from":{"person":"p_old","login":"","name":"Amira Khan","state":"left"},)"
    R"("ids":[["mis_id","N1"],["upn","U1"]],)"
    R"("to":{"person":"p_new","login":"akhan2","name":"Amira Khan","form":"7A","state":"active"}})";
constexpr const char* kGoesToNobody =
    R"({"from":{"person":"p_old","login":"akhan","name":"Amira Khan","state":"left"},)"
    R"("ids":[["mis_id","K1000"]]})";

TEST_F(People, PartingSaysWhoHasTheIdNow) {
  script.say("POST /v1/people/unlink", kGoesBack);
  const Ran ran = run({"people", "unlink", "mis_id", "N1", "--reason", "two"});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_HAS(ran.out,
             "mis_id N1, upn U1 now of Amira Khan (akhan2, 7A), no longer of Amira Khan (p_old).");
  EXPECT_HAS(ran.out, "To undo:  assentctl people link p_new p_old --reason WHY");
  script.say("POST /v1/people/unlink", kGoesToNobody);
  const Ran nobody = run({"people", "unlink", "mis_id", "K1000", "--reason", "used twice"});
  EXPECT_HAS(nobody.out, "mis_id K1000 now of nobody, no longer of Amira Khan (akhan).");
  EXPECT_HAS(nobody.out, "Amira Khan (akhan) has left: no other id is theirs.");
}

TEST_F(People, ADryRunOfPartingSaysToWhomTheIdWouldGo) {
  script.say("POST /v1/people/unlink", kGoesBack);
  const Ran ran = run({"people", "unlink", "mis_id", "N1", "--reason", "two", "--dry-run"});
  EXPECT_HAS(ran.out, "Nothing was changed. mis_id N1, upn U1 would be of Amira Khan (akhan2, 7A)");
  EXPECT_EQ(ran.out.find("To undo"), std::string::npos);
  script.refuse("POST /v1/people/unlink", 404, "not-found", "nobody has mis_id N9");
  const Ran none = run({"people", "unlink", "mis_id", "N9", "--reason", "two", "--dry-run"});
  EXPECT_EQ(none.exit, Exit::NoSuch);
  EXPECT_HAS(none.err, "nobody has mis_id N9");
}

TEST_F(People, WhyIsTheServicesParagraph) {
  script.say("GET /v1/people/amira/why",
             R"({"verdict":"ask","text":"Amira Khan\n  At the gate   ASK\nNext: nothing."})");
  EXPECT_EQ(run({"why", "amira"}).out, "Amira Khan\n  At the gate   ASK\nNext: nothing.\n");
}

}  // namespace
}  // namespace assent::cli
