// What comes back from a service that says no, says nonsense, or says nothing.

#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

TEST_F(Desk, ExitCodesSayWhatTheCallerShouldDo) {
  struct Case {
    int status;
    Exit exit;
  };
  for (const Case& each :
       {Case{400, Exit::Usage}, Case{401, Exit::Refused}, Case{403, Exit::Refused},
        Case{404, Exit::NoSuch}, Case{409, Exit::Refused}, Case{413, Exit::Usage},
        Case{429, Exit::Unreachable}, Case{500, Exit::Unreachable}, Case{503, Exit::Unreachable}}) {
    script.refuse("GET /v1/people/amira/why", each.status, "word", "the service's own words");
    const Ran ran = run({"why", "amira"});
    EXPECT_EQ(ran.exit, each.exit) << each.status;
    EXPECT_HAS(ran.err, "the service's own words");
    EXPECT_EQ(ran.out, "");
  }
}

TEST_F(Desk, AServiceThatIsNotThereIsWordsAndFive) {
  script.reachable = false;
  const Ran ran = run({"status"});
  EXPECT_EQ(ran.exit, Exit::Unreachable);
  EXPECT_EQ(ran.err, "assentctl: nobody answers at this address\n");
}

TEST_F(Desk, SomethingElseAtTheAddressIsSaidToBeSo) {
  const Ran ran = run({"people", "find", "amira"});  // the script answers 404 in HTML
  EXPECT_EQ(ran.exit, Exit::Unreachable);
  EXPECT_HAS(ran.err, "not as assentd does");
  EXPECT_LACKS(ran.err, "<h1>");
  script.say("GET /v1/people", "<html>");
  EXPECT_EQ(run({"people", "find", "amira"}).exit, Exit::Unreachable);
}

TEST_F(Desk, ATokenThatOthersCanReadIsRefusedBeforeAnythingIsSent) {
  folder.write("token", "assent_admin_t_secret\n", 0644);
  const Ran ran = run({"device", "list"});
  EXPECT_EQ(ran.exit, Exit::Usage);
  EXPECT_HAS(ran.err, "chmod 0600");
  EXPECT_TRUE(script.asked.empty());
}

TEST_F(Desk, TheTokenGoesWithWhatNeedsItAndWithNothingElse) {
  script.say("GET /v1/ledger/key", "log+1+key\n");
  script.say("GET /v1/devices", R"({"devices":[]})");
  run({"log", "key"});
  run({"device", "list", "--school", "kingsmead"});
  ASSERT_EQ(script.asked.size(), 2u);
  EXPECT_EQ(script.asked[0].bearer, "");
  EXPECT_EQ(script.asked[1].bearer, "assent_admin_t_secret");
  EXPECT_EQ(script.asked[1].path, "/v1/devices?school=kingsmead");
}

TEST_F(Desk, WithoutAnAddressOrATokenItSaysWhereToPutThem) {
  environment.erase("ASSENT_URL");
  EXPECT_HAS(run({"status"}).err, "--url");
  environment["ASSENT_URL"] = "http://127.0.0.1:8310";
  environment.erase("ASSENT_TOKEN_FILE");
  const Ran ran = run({"device", "list"});
  EXPECT_HAS(ran.err, "--token-file");
  EXPECT_EQ(ran.exit, Exit::Usage);
}

TEST_F(Desk, SettingsComeFromFlagsThenEnvironmentThenTheFile) {
  folder.write("home/.config/assent/ctl.toml", "url = \"http://127.0.0.1:1\"\nschool = \"a\"\n");
  script.say("GET /v1/devices", R"({"devices":[]})");
  run({"device", "list"});
  EXPECT_EQ(script.asked.back().path, "/v1/devices?school=a");
  run({"device", "list", "--school", "b"});
  EXPECT_EQ(script.asked.back().path, "/v1/devices?school=b");
  folder.write("home/.config/assent/ctl.toml", "colour = \"red\"\n");
  const Ran ran = run({"device", "list"});
  EXPECT_EQ(ran.exit, Exit::Usage);
  EXPECT_HAS(ran.err, "ctl.toml");
  EXPECT_HAS(ran.err, "colour");
}

TEST_F(Desk, ADryRunIsTheServicesAndNotGuessedHere) {
  script.refuse("POST /v1/devices/LIB-01/revoke?dry_run=1", 409, "conflict", "revoked already");
  script.say("GET /v1/devices", R"({"devices":[{"device":"d_a","name":"LIB-01"}]})");
  const Ran ran = run({"device", "revoke", "LIB-01", "--dry-run"});
  EXPECT_EQ(ran.exit, Exit::Refused);
  EXPECT_HAS(ran.err, "revoked already");
}

// A15: text that came from elsewhere cannot command the terminal that shows it.
TEST_F(Desk, NothingFromTheServiceCommandsTheTerminal) {
  script.say(
      "GET /v1/people",
      R"({"people":[{"login":"a\u001b[2J","name":"A\u202eb","form":"9B\n","state":"active"}]})");
  script.refuse("GET /v1/people/amira/why", 403, "denied", R"(no\u001b]0;owned\u0007)");
  const Ran table = run({"people", "find", "a"});
  EXPECT_LACKS(table.out, "\x1b");
  EXPECT_LACKS(table.out, "\xE2\x80\xAE");
  EXPECT_EQ(std::ranges::count(table.out, '\n'), 2) << table.out;
  EXPECT_LACKS(run({"why", "amira"}).err, "\x1b");
  const Ran json = run({"people", "find", "a", "--json"});
  EXPECT_LACKS(json.out, "\x1b");
  EXPECT_LACKS(json.out, "\xE2\x80\xAE");
  EXPECT_HAS(json.out, R"(A\u202eb)");
}

TEST_F(Desk, NamesArePercentEncodedInPaths) {
  run({"why", "Amira 9B/../x?dry_run=1"});
  EXPECT_EQ(script.asked.at(0).path, "/v1/people/Amira%209B%2F..%2Fx%3Fdry_run%3D1/why");
}

}  // namespace
}  // namespace assent::cli
