// Guests from the command line: what is sent, what is said, and that secrets are said once.

#include "tests/unit/cli/service_script.h"

namespace assent::cli {
namespace {

constexpr const char* kGuestJson =
    R"({"guest":"g_abc","kind":"visitor","name":"Dr Okafor","why":"science week",)"
    R"("host":{"person":"p_a","login":"r.ahmed","name":"R Ahmed"},"state":"issued",)"
    R"("account":"v-maple-042","waits_for_approval":false,"standing":"online",)"
    R"("until":"2026-11-09T15:30:00.000Z","until_local":"09 Nov 2026 15:30","devices":2)";

std::string guest(const std::string& more = "") {
  return kGuestJson + more + "}";
}
std::string guests(const std::string& one, const std::string& more) {
  return R"({"guests":[)" + one + "]," + more + "}";
}

struct GuestVerbs : Desk {
  std::string secrets = R"(,"passphrase":"maple-robin-tunnel-sixpence","voucher":"7K4M-2PXQ-93TW")";
  std::vector<std::string> issue{"guest",   "issue", "visitor",      "Dr Okafor", "--host",
                                 "r.ahmed", "--why", "science week", "--for",     "2h"};
};

TEST_F(GuestVerbs, AnIssuedGuestIsSaidWithSecretsAndUndo) {
  script.say("POST /v1/guests", guests(guest(secrets), R"("issued":true)"));
  const Ran ran = run(issue);
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_EQ(script.asked.at(0).body,
            R"({"kind":"visitor","name":"Dr Okafor","host":"r.ahmed","why":"science week",)"
            R"("for":"2h"})");
  for (const char* said : {"09 Nov 2026 15:30", "v-maple-042", "maple-robin-tunnel-sixpence",
                           "7K4M-2PXQ-93TW", "assentctl guest revoke v-maple-042 --why WHY"})
    EXPECT_HAS(ran.out, said);
}

TEST_F(GuestVerbs, AWishThatIsKeptWaitsForASecondPerson) {
  script.say("POST /v1/guests", guests(guest(), R"("issued":false)"));
  const Ran ran = run(issue);
  EXPECT_EQ(ran.exit, Exit::Waits);
  EXPECT_HAS(ran.out, "assentctl guest grant g_abc");
}

TEST_F(GuestVerbs, ADryRunSaysWhatWouldBe) {
  script.say("POST /v1/guests", guests(guest(), R"("issued":true)"));
  issue.emplace_back("--dry-run");
  const Ran ran = run(issue);
  EXPECT_EQ(ran.exit, Exit::Done);
  EXPECT_HAS(ran.out, "Nothing was changed. It would be issued: Dr Okafor");
}

TEST_F(GuestVerbs, AGuestNeedsAHostAndAReason) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"guest", "issue", "visitor", "Dr Okafor", "--why", "x"},
        {"guest", "issue", "visitor", "Dr Okafor", "--host", "x"},
        {"guest", "issue", "visitor", "Dr Okafor", "--host", "x", "--why", "y", "--count", "201"},
        {"guest", "revoke", "v-maple-042"}})
    EXPECT_EQ(run(words).exit, Exit::Usage);
  EXPECT_TRUE(script.asked.empty());
}

TEST_F(GuestVerbs, StepsSayWhatWasDoneAndHowToUndoIt) {
  script.say("POST /v1/guests/v-maple-042/steps", guest());
  const Ran held = run({"guest", "suspend", "v-maple-042", "--why", "unsafe charger"});
  EXPECT_EQ(script.asked.back().body, R"({"step":"suspend","reason":"unsafe charger"})");
  EXPECT_HAS(held.out, "It is suspended: Dr Okafor");
  EXPECT_HAS(held.out, "assentctl guest resume v-maple-042");
  EXPECT_HAS(run({"guest", "extend", "v-maple-042", "--by", "1h"}).out, "extended");
  EXPECT_EQ(script.asked.back().body, R"({"step":"extend","by":"1h"})");
  EXPECT_HAS(run({"guest", "refuse-longer", "v-maple-042"}).out, "It is not extended");
  EXPECT_EQ(script.asked.back().body, R"({"step":"refuse-longer"})");
  EXPECT_HAS(run({"guest", "revoke", "v-maple-042", "--why", "x", "--dry-run"}).out,
             "Nothing was changed.");
}

TEST_F(GuestVerbs, NewSecretsAreSaidOnce) {
  script.say("POST /v1/guests/v-maple-042/secret", guest(secrets));
  EXPECT_HAS(run({"guest", "secret", "v-maple-042"}).out, "maple-robin-tunnel-sixpence");
  script.say("POST /v1/guests/g_abc/issue", guest(secrets));
  EXPECT_HAS(run({"guest", "grant", "g_abc", "--account", "supply01"}).out, "7K4M-2PXQ-93TW");
  EXPECT_EQ(script.asked.back().body, R"({"account":"supply01"})");
}

TEST_F(GuestVerbs, TablesShowWhoIsHereAndWhere) {
  script.say("GET /v1/guests", guests(guest(), R"("most":200)"));
  EXPECT_HAS(run({"guest", "find"}).out, "Dr Okafor  visitor  v-maple-042  R Ahmed  online");
  script.say("GET /v1/guests",
             guests(guest(R"(,"code":"7K4M","asks_until_local":"16:30")"), R"("most":200)"));
  EXPECT_HAS(run({"guest", "find"}).out, "online, code 7K4M, asks until 16:30");
  const std::string stay =
      R"(,"sessions":[{"session":"w_a","device":"02-00-00-00-00-01","nas":"ap-hall",)"
      R"("address":"10.0.0.9","started":"2026-11-09T09:00:00.000Z",)"
      R"("seen":"2026-11-09T09:05:00.000Z","ended":null,"cause":""}])";
  script.say("GET /v1/guests/onsite", guests(guest(stay), R"("most":200)"));
  EXPECT_HAS(run({"guest", "onsite"}).out, "1 device");
  script.say("GET /v1/guests/v-maple-042", guest(stay));
  EXPECT_HAS(run({"guest", "show", "v-maple-042"}).out,
             "02-00-00-00-00-01 at ap-hall, 10.0.0.9, 2026-11-09 09:00 UTC, online");
}

TEST_F(Desk, APoolIsShownWithWhoHasWhichAccount) {
  script.say("GET /v1/guests/pool",
             R"({"accounts":[{"account":"supply01","kind":"supply","lent":true,"last":)"
             R"({"guest":"g_a","name":"Ms O Kade","host":{"name":"K Green"},)"
             R"("until_local":"22 Nov 2026 16:00"}},)"
             R"({"account":"supply02","kind":"supply","lent":false,"last":null}]})");
  const Ran ran = run({"guest", "pool"});
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_HAS(ran.out, "supply01  supply  lent              Ms O Kade  K Green  22 Nov 2026 16:00");
  EXPECT_HAS(ran.out, "supply02  supply  free, never lent");
}

TEST_F(Desk, WhoHadAnAccountOfAPoolIsEverybodyWhoHadThatOne) {
  script.say("GET /v1/guests",
             R"({"guests":[{"account":"supply1","name":"A","standing":"given-back"},)"
             R"({"account":"supply11","name":"Somebody Else","standing":"online"}],"most":200})");
  const Ran ran = run({"guest", "pool", "supply1"});
  EXPECT_HAS(ran.out, "given-back");
  EXPECT_EQ(ran.out.find("Somebody Else"), std::string::npos);
}

}  // namespace
}  // namespace assent::cli
